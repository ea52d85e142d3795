import type pg from 'pg';
import { pool } from '@/lib/database/pool';
import { type PlacedLeaf, readLeaves } from './read-leaf';

/** Leaves read in one go: they bound the memory that a log of any length takes. */
const CHUNK = 1_000;

export type LogItem = { leaf: PlacedLeaf } | { checkpoint: { size: number; note: string } };

/** The log in its order, each checkpoint behind the entries it covers; all of one moment, whatever is added meanwhile.
 * @param end called at the end with the same view of the database */
export async function* readLog(end?: (client: pg.ClientBase) => Promise<void>): AsyncGenerator<LogItem> {
  const client = await pool().connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ size: number }>(
      'SELECT coalesce(max("index") + 1, 0) AS size FROM audit_leaf',
    );
    const size = rows[0]!.size;
    for (let from = 0; from < size; from += CHUNK) {
      const to = Math.min(from + CHUNK, size);
      const [leaves, heads] = [await readLeaves(client, from, to), await readHeads(client, from, to)];
      for (const leaf of leaves) {
        yield { leaf };
        while (heads[0] && heads[0].size <= leaf.index + 1) yield { checkpoint: heads.shift()! };
      }
      for (const checkpoint of heads) yield { checkpoint };
    }
    await end?.(client);
  } finally {
    // Whoever stops in the middle leaves the transaction to the connection's end.
    client.release(true);
  }
}

/** Checkpoints of more than `from` and at most `to` entries; of the last chunk's those beyond the log as well. */
async function readHeads(
  client: pg.ClientBase,
  from: number,
  to: number,
): Promise<{ size: number; note: string }[]> {
  const { rows } = await client.query<{ size: number; note: string }>(
    `SELECT size, note FROM audit_checkpoint WHERE size > $1
       AND (size <= $2 OR $2 > (SELECT max("index") FROM audit_leaf)) ORDER BY size`,
    [from, to],
  );
  return rows;
}
