/**
 * Which exchanges the table holds already. Asking the index of every day for every exchange is what made ingest slow
 * and slower with each day stored; a filter in memory answers "surely not" for new ones, and only the rest are
 * looked up: the filter makes it quick, the table decides. One filter serves all runs of a process.
 */
import type pg from 'pg';
import { BloomFilter } from './bloom-filter';
import { IDENTITY_BYTES, readTurns } from './exchange-turns';
import type { IntTable } from './int-table';
import { readFilter } from './read-filter';

/** Reading a stored exchange into the filter costs about this part of looking one up. */
const CHEAPER = 8;
/** Fewer exchanges than these are never worth reading what is stored. */
const WORTH_A_FILTER = 20_000;

/** A batch that is being filled or written. */
export interface OpenBatch {
  /** (account key, id upper, id lower, 0) of its exchanges. */
  readonly seen: IntTable;
  /** Set when others stored something since that it took for new: it must be built again. */
  isStale: boolean;
  /** Those that were looked up and found to be new: (account key, id upper, id lower) each. */
  readonly late: readonly number[];
}

export class KnownExchanges {
  private filter: BloomFilter | undefined;
  /** The turn up to which all that is stored has been seen. */
  private turn: number | undefined;
  private lookedUp = 0;
  private readonly open = new Set<OpenBatch>();

  /** The one of this process. */
  static shared(): KnownExchanges {
    const here = globalThis as { weirKnownExchanges?: Map<string, KnownExchanges> };
    here.weirKnownExchanges ??= new Map();
    const url = process.env.DATABASE_URL ?? '';
    const found = here.weirKnownExchanges.get(url) ?? new KnownExchanges();
    here.weirKnownExchanges.set(url, found);
    return found;
  }

  enter(batch: OpenBatch): void {
    this.open.add(batch);
  }

  leave(batch: OpenBatch): void {
    this.open.delete(batch);
  }

  /** Whether an exchange is surely not stored; it counts as stored from now on. False when nobody can tell. */
  isNew(accountKey: number, high: number, low: number): boolean {
    return this.filter !== undefined && !this.filter.add(accountKey, high, low);
  }

  /**
   * Learns what others stored since this process last wrote, and reads all that is stored when that pays. Must be
   * called under the ingest lock, in the transaction that writes, before `seen` is relied on.
   */
  async catchUp(client: pg.ClientBase, size: number): Promise<void> {
    const turns = await readTurns(client, this.turn, 'exchanges');
    if (turns.forgets) for (const batch of this.open) batch.isStale = true;
    if (turns.brought) this.addForeign(turns.brought);
    else this.giveUpFilter();
    this.turn = turns.last;
    if (!this.filter) await this.tryToRead(client, size);
  }

  /** Call when the transaction that wrote a batch as a turn has committed. */
  committed(turn: number, { late }: OpenBatch): void {
    this.turn = turn;
    // Another run of this process may have taken the same for new before, and not written it yet.
    for (let n = 0; n < late.length; n += 3) this.stored(late[n]!, late[n + 1]!, late[n + 2]!);
  }

  /** Others stored something that nobody told: what open batches took for new by the filter may be among it. */
  private giveUpFilter(): void {
    if (!this.filter) return;
    this.filter = undefined;
    for (const batch of this.open) batch.isStale = true;
  }

  private addForeign(exchanges: readonly Buffer[]): void {
    for (const bytes of exchanges) {
      for (let at = 0; at < bytes.length; at += IDENTITY_BYTES) {
        const key = bytes.readInt32BE(at);
        const high = bytes.readInt32BE(at + 4);
        const low = bytes.readInt32BE(at + 8);
        this.filter?.add(key, high, low);
        this.stored(key, high, low);
      }
    }
  }

  private stored(key: number, high: number, low: number): void {
    for (const batch of this.open) if (batch.seen.has(key, high, low, 0)) batch.isStale = true;
  }

  private async tryToRead(client: pg.ClientBase, size: number): Promise<void> {
    const { rows } = await client.query<{ is_empty: boolean; stored: number | null }>(
      `SELECT NOT EXISTS (SELECT FROM exchange) AS is_empty,
         (SELECT records::float8 FROM ingest_coverage WHERE record = 'exchange' AND field = '') AS stored`,
    );
    this.lookedUp += size;
    if (rows[0]?.is_empty) this.filter = new BloomFilter();
    else if (this.lookedUp >= WORTH_A_FILTER && this.lookedUp * CHEAPER >= (rows[0]?.stored ?? 0)) {
      this.filter = await readFilter(client, 'SELECT account_key, identity FROM exchange');
    }
    if (!this.filter) return;
    this.lookedUp = 0;
    for (const { seen } of this.open) {
      for (let from = 0; from < seen.size * 4; from += 4) {
        this.filter.add(seen.keys[from]!, seen.keys[from + 1]!, seen.keys[from + 2]!);
      }
    }
  }
}
