/** What is written to the database in one transaction, put together chunk by chunk while the one before is written. */
import type { BatchSpace } from './batch-space';
import { CoverageCounts } from './coverage-counts';
import type { Candidates } from './find-stored';
import type { IntTable } from './int-table';
import type { KnownExchanges, OpenBatch } from './known-exchanges';
import type { Learnt } from './learnt';
import type { SketchedChunk } from './sketched-chunk';
import type { NewIndicator } from './write-indicators';

const DAY_MS = 86_400_000;

export interface BatchPart {
  chunk: SketchedChunk;
  learnt: Learnt;
}

export const EXCHANGE_COLUMNS = [
  'occurred_at',
  'identity',
  'account_key',
  'input_tokens',
  'output_tokens',
  'model_id',
  'class',
] as const;

export class Batch implements OpenBatch {
  readonly parts: BatchPart[] = [];
  /** Values that this run has not offered to the dictionary yet. */
  readonly newIndicators: NewIndicator[] = [];
  /** Lines that were not taken, as far as they are kept. */
  readonly rejects: { line: number; reason: string }[] = [];
  /** Days since 1970 that exchanges of it fall on, and observations. */
  readonly days = { exchanges: new Set<number>(), observations: new Set<number>() };
  records = 0;
  rejected = 0;
  unknownKeys = 0;
  lastRecordAt = Number.NEGATIVE_INFINITY;
  isStale = false;

  // All that follows, and the space, depends on what is stored, and is made anew by rebuild.
  late: number[] = [];
  coverage = new CoverageCounts();
  /** How many exchanges are not the first of their kind in the batch. */
  repeated = 0;
  private doubtful: { part: number; place: number }[] = [];

  constructor(
    private readonly known: KnownExchanges,
    readonly space: BatchSpace,
  ) {
    known.enter(this);
  }

  get seen(): IntTable {
    return this.space.seen;
  }

  /** Its numbers must have been resolved. */
  add(chunk: SketchedChunk, learnt: Learnt): void {
    this.parts.push({ chunk, learnt });
    this.records += chunk.records;
    this.rejected += chunk.rejects.length;
    this.unknownKeys += chunk.unknownKeys;
    this.lastRecordAt = Math.max(this.lastRecordAt, chunk.lastRecordAt);
    for (let place = 0, last = 0; place < chunk.exchanges.size; place++) {
      const day = Math.floor(chunk.exchanges.at[place]! / DAY_MS);
      if (day !== last) this.days.exchanges.add(day);
      last = day;
    }
    for (const at of chunk.observations.at) this.days.observations.add(Math.floor(at / DAY_MS));
    this.addExchanges(this.parts.length - 1, true);
  }

  /** Puts it together again, taking nothing for new before it has been looked up. */
  rebuild(): void {
    this.isStale = false;
    this.space.clear();
    this.late = [];
    this.coverage = new CoverageCounts();
    this.repeated = 0;
    this.doubtful = [];
    for (let part = 0; part < this.parts.length; part++) this.addExchanges(part, false);
  }

  /** Exchanges that must be looked up. */
  candidates(): Candidates {
    const candidates: Candidates = { accountKey: [], high: [], low: [], at: [] };
    for (const { part, place } of this.doubtful) {
      const { chunk, learnt } = this.parts[part]!;
      candidates.accountKey.push(learnt.account(chunk.exchanges.account[place]!));
      candidates.high.push(chunk.exchanges.identity[place * 2]!);
      candidates.low.push(chunk.exchanges.identity[place * 2 + 1]!);
      candidates.at.push(chunk.exchanges.at[place]!);
    }
    return candidates;
  }

  /** Takes those of the candidates that are not stored. @returns how many exchanges are duplicates */
  settle(stored: ReadonlySet<number>): number {
    this.doubtful.forEach(({ part, place }, n) => {
      if (stored.has(n)) return;
      const { chunk, learnt } = this.parts[part]!;
      const key = learnt.account(chunk.exchanges.account[place]!);
      this.late.push(key, chunk.exchanges.identity[place * 2]!, chunk.exchanges.identity[place * 2 + 1]!);
      this.take(part, place, key);
    });
    return this.repeated + stored.size;
  }

  private addExchanges(part: number, mayTake: boolean): void {
    const { chunk, learnt } = this.parts[part]!;
    const { account, identity, size } = chunk.exchanges;
    for (let place = 0; place < size; place++) {
      const key = learnt.account(account[place]!);
      const high = identity[place * 2]!;
      const low = identity[place * 2 + 1]!;
      const before = this.seen.size;
      this.seen.place(key, high, low, 0);
      if (this.seen.size === before) this.repeated++;
      else if (mayTake && this.known.isNew(key, high, low)) this.take(part, place, key);
      else this.doubtful.push({ part, place });
    }
  }

  private take(part: number, place: number, key: number): void {
    const { chunk, learnt } = this.parts[part]!;
    const { exchanges } = chunk;
    const at = exchanges.at[place]!;
    const model = learnt.model(exchanges.model[place]!);
    const { rows, taken } = this.space;
    rows.row(EXCHANGE_COLUMNS.length);
    rows.timestamp(at);
    rows.int8Of(exchanges.identity[place * 2]!, exchanges.identity[place * 2 + 1]!);
    rows.int4(key);
    rows.int4(exchanges.inputTokens[place]!);
    rows.int4(exchanges.outputTokens[place]!);
    rows.int4(model);
    rows.int2(exchanges.patternClass[place]!);
    taken.add(part, place, key, model, exchanges);
    for (let n = 0; n < 2; n++) {
      const text = exchanges.texts[place * 2 + n]!;
      if (text >= 0) this.show(part, text);
    }
    this.coverage.addExchange(exchanges.carried[place]!, at);
  }

  private show(part: number, text: number): void {
    const { ids } = this.parts[part]!.chunk.texts;
    const { shown } = this.space;
    const from = shown.place(ids[text * 2]!, ids[text * 2 + 1]!, 0, 0) * 3;
    shown.values[from]! += 1;
    shown.values[from + 1] = part;
    shown.values[from + 2] = text;
  }
}
