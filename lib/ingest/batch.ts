/** A batch of parsed records, reduced at the door: no prompt leaves this file. */
import type {
  AccountRecord,
  AppealRecord,
  ExchangeRecord,
  ModelReleaseRecord,
  ObservationRecord,
  WeirRecord,
} from '@/lib/records/schema';
import { carriedFields } from './coverage-counts';
import { hashIdentity } from './hash-identity';
import { accountIndicators, exchangeIndicators, type KindAndValue } from './indicators';
import { classifyPrompt } from './sketch/classify-prompt';

const INT4_MAX = 2_147_483_647;
/** How many hashed values are remembered before the memory is cleared. */
const REMEMBERED = 500_000;
const UNKNOWN_MODEL = 'unknown';

export interface SketchedExchange {
  accountId: string;
  identity: bigint;
  occurredAt: number;
  model: string;
  patternClass: number;
  ipId: bigint | undefined;
  clientId: bigint | undefined;
  templateId: bigint | undefined;
  inputTokens: number;
  outputTokens: number;
  indicators: bigint[];
  /** As carriedFields gives it. */
  carried: number;
}

export interface SketchedObservation {
  accountId: string;
  indicatorId: bigint;
  observedAt: number;
  count: number;
  /** True when it stands for a field of an account record, whose repetition is no duplicate. */
  derived: boolean;
  kind: string;
  /** As carriedFields gives it; 0 when derived. */
  carried: number;
}

/** What is written to the database in one transaction. */
export class Batch {
  accounts: AccountRecord[] = [];
  exchanges: SketchedExchange[] = [];
  observations: SketchedObservation[] = [];
  releases: ModelReleaseRecord[] = [];
  appeals: AppealRecord[] = [];
  /** Text of the indicators that this process has not written yet. */
  newIndicators = new Map<bigint, KindAndValue>();
  records = 0;
  /** Lines that were not taken, as far as they are kept. */
  rejects: { line: number; reason: string }[] = [];
  unknownKeys = 0;
  lastRecordAt = Number.NEGATIVE_INFINITY;
}

/** Hashes of values seen before, so that each is hashed and offered to the dictionary once. */
export class Sketcher {
  private readonly ids = new Map<string, bigint>();
  private readonly written = new Set<bigint>();

  /** Adds a record to a batch. */
  add(batch: Batch, record: WeirRecord): void {
    batch.records++;
    switch (record.record) {
      case 'account':
        this.addAccount(batch, record);
        break;
      case 'exchange':
        batch.exchanges.push(this.sketch(batch, record));
        batch.lastRecordAt = Math.max(batch.lastRecordAt, Date.parse(record.occurred_at));
        break;
      case 'observation':
        batch.observations.push({
          accountId: record.account_id,
          indicatorId: this.indicator(batch, [record.kind, record.value]),
          observedAt: Date.parse(record.observed_at),
          count: Math.min(record.count ?? 1, INT4_MAX),
          derived: false,
          kind: record.kind,
          carried: carriedFields(record),
        });
        batch.lastRecordAt = Math.max(batch.lastRecordAt, Date.parse(record.observed_at));
        break;
      case 'model_release':
        batch.releases.push(record);
        break;
      case 'appeal':
        batch.appeals.push(record);
        break;
    }
  }

  /** Adds what an accepted row says beside its record: an indicator, but no record and never a duplicate. */
  addBeside(batch: Batch, record: ObservationRecord): void {
    batch.observations.push({
      accountId: record.account_id,
      indicatorId: this.indicator(batch, [record.kind, record.value]),
      observedAt: Date.parse(record.observed_at),
      count: 1,
      derived: true,
      kind: record.kind,
      carried: 0,
    });
  }

  /** Call after the batch's transaction has committed: its indicators are in the dictionary for good. */
  committed(batch: Batch): void {
    if (this.written.size > REMEMBERED) this.written.clear();
    for (const id of batch.newIndicators.keys()) this.written.add(id);
  }

  private addAccount(batch: Batch, record: AccountRecord): void {
    batch.accounts.push(record);
    const observedAt = Date.parse(record.created_at);
    for (const pair of accountIndicators(record)) {
      const indicatorId = this.indicator(batch, pair);
      batch.observations.push({
        accountId: record.account_id,
        indicatorId,
        observedAt,
        count: 1,
        derived: true,
        kind: pair[0],
        carried: 0,
      });
    }
  }

  private sketch(batch: Batch, record: ExchangeRecord): SketchedExchange {
    const { all, template } = exchangeIndicators(record);
    const id = (kind: string, value: string | undefined) =>
      value === undefined ? undefined : this.indicator(batch, [kind, value]);
    return {
      accountId: record.account_id,
      identity: hashIdentity(record.exchange_id),
      occurredAt: Date.parse(record.occurred_at),
      model: record.model ?? UNKNOWN_MODEL,
      patternClass: classifyPrompt(record),
      ipId: id('ip', record.ip),
      clientId: id('client_fingerprint', record.client_fingerprint),
      templateId: id('template', template),
      inputTokens: Math.min(record.input_tokens ?? 0, INT4_MAX),
      outputTokens: Math.min(record.output_tokens ?? 0, INT4_MAX),
      indicators: all.map((pair) => this.indicator(batch, pair)),
      carried: carriedFields(record),
    };
  }

  private indicator(batch: Batch, pair: KindAndValue): bigint {
    const name = `${pair[0]}\u0000${pair[1]}`;
    let id = this.ids.get(name);
    if (id === undefined) {
      id = hashIdentity(pair[0], pair[1]);
      if (this.ids.size > REMEMBERED) this.ids.clear();
      this.ids.set(name, id);
    }
    if (!this.written.has(id)) batch.newIndicators.set(id, pair);
    return id;
  }
}
