/**
 * Texts of prompts' templates enter the dictionary at their second sighting: a template shown once ties nobody to
 * anybody, and prompts are mostly unlike each other, so that such texts would be nearly all of the dictionary.
 */
import type pg from 'pg';
import { BloomFilter } from './bloom-filter';
import type { Turns } from './exchange-turns';
import { toBigInt } from './hash-identity';
import type { IntTable } from './int-table';
import { readFilter } from './read-filter';

/** Fewer texts than these in one batch are looked up one by one. */
const WORTH_A_FILTER = 20_000;
const TEXT_BYTES = 8;

/** Lives as long as one run. Must be used under the ingest lock, before the batch's rollups are written. */
export class TextSightings {
  private filter: BloomFilter | undefined;

  /** Takes notice of what others showed since the last batch. */
  catchUp({ brought }: Turns): void {
    if (!brought) this.filter = undefined;
    for (const bytes of brought ?? []) {
      for (let at = 0; at < bytes.length; at += TEXT_BYTES) {
        this.filter?.add(0, bytes.readInt32BE(at), bytes.readInt32BE(at + 4));
      }
    }
  }

  /**
   * Places of the texts that were sighted before or are for the second time now; a few more may be among them.
   * @param shown (id upper, id lower, 0, 0) → sightings among the batch's new exchanges, …
   */
  async find(client: pg.ClientBase, shown: IntTable): Promise<number[]> {
    if (shown.size === 0) return [];
    if (!this.filter) {
      const { rowCount } = await client.query('SELECT FROM account_indicator LIMIT 1');
      if (rowCount === 0) this.filter = new BloomFilter();
      else if (shown.size >= WORTH_A_FILTER) {
        this.filter = await readFilter(client, 'SELECT 0, indicator_id FROM account_indicator');
      }
    }
    const { filter } = this;
    const before = filter ? undefined : await lookUp(client, shown);
    const found: number[] = [];
    for (let place = 0; place < shown.size; place++) {
      const high = shown.keys[place * 4]!;
      const low = shown.keys[place * 4 + 1]!;
      const isKnown = filter ? filter.add(0, high, low) : before!.has(toBigInt({ high, low }));
      if (isKnown || shown.values[place * shown.width]! > 1) found.push(place);
    }
    return found;
  }
}

async function lookUp(client: pg.ClientBase, shown: IntTable): Promise<Set<bigint>> {
  const ids = Array.from({ length: shown.size }, (_, place) =>
    toBigInt({ high: shown.keys[place * 4]!, low: shown.keys[place * 4 + 1]! }),
  );
  const { rows } = await client.query<{ id: string }>(
    'SELECT DISTINCT indicator_id::text AS id FROM account_indicator WHERE indicator_id = ANY($1::bigint[])',
    [ids],
  );
  return new Set(rows.map((row) => BigInt(row.id)));
}
