/**
 * Every batch that is written takes a turn, a row with the identities that it brought, so that a writer in another
 * process who remembers what is stored stays right. Rows go when nobody can need them: whoever misses one reads anew.
 * Whoever erases an account adds a turn with `forgets` under the ingest lock, so that its key is not written again.
 */
import type pg from 'pg';
import type { IntTable } from './int-table';

/** An account's key, an identity of 8 bytes. */
export const IDENTITY_BYTES = 12;
const TEXT_BYTES = 8;
const LARGE_BYTES = 100_000;

export interface Turns {
  last: number;
  /** What the turns since brought; undefined when that is not known. */
  brought: Buffer[] | undefined;
  /** True when something was erased since. */
  forgets: boolean;
}

/** The number of the last turn so far; 0 when there was none. */
export async function lastTurn(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const { rows } = await client.query<{ last: number }>(
    'SELECT COALESCE(max(turn), 0) AS last FROM exchange_turn',
  );
  return Number(rows[0]?.last ?? 0);
}

/** The turns after `since`, with one of the things that they brought. Must be called under the ingest lock. */
export async function readTurns(
  client: pg.ClientBase,
  since: number | undefined,
  what: 'exchanges' | 'texts',
): Promise<Turns> {
  const { rows } = await client.query<{ turn: number; brought: Buffer | null; forgets: boolean }>(
    `SELECT turn, CASE WHEN turn > $1 THEN ${what} END AS brought, forgets AND turn > $1 AS forgets
     FROM exchange_turn WHERE turn > $1 OR turn = (SELECT max(turn) FROM exchange_turn) ORDER BY turn`,
    [since ?? Number.MAX_SAFE_INTEGER],
  );
  const last = Number(rows.at(-1)?.turn ?? 0);
  const after = rows.filter(({ turn }) => Number(turn) > (since ?? Number.MAX_SAFE_INTEGER));
  const isWhole = since !== undefined && last >= since && after.length === last - since;
  const found = after.map(({ brought }) => brought).filter((bytes) => bytes !== null);
  const forgets = since !== undefined && (!isWhole || after.some((row) => row.forgets));
  return { last, brought: isWhole && found.length === after.length ? found : undefined, forgets };
}

/**
 * Writes down a turn, with what it brings unless this run is the only one: whoever begins later reads what is stored.
 * @param seen (account key, id upper, id lower, 0)
 * @param shown (id upper, id lower, 0, 0)
 */
export async function writeTurn(
  client: pg.ClientBase,
  turn: number,
  runId: number,
  seen: IntTable,
  shown: IntTable,
): Promise<void> {
  const { rows } = await client.query<{ alone: boolean }>(
    "SELECT NOT EXISTS (SELECT FROM ingest_run WHERE state = 'running' AND id <> $1) AS alone",
    [runId],
  );
  const alone = rows[0]?.alone ?? false;
  await client.query('INSERT INTO exchange_turn (turn, exchanges, texts) VALUES ($1, $2, $3)', [
    turn,
    alone ? null : packed(seen, IDENTITY_BYTES),
    alone ? null : packed(shown, TEXT_BYTES),
  ]);
  if (turn % 16 !== 0 && seen.size * IDENTITY_BYTES < LARGE_BYTES) return;
  await client.query(
    `DELETE FROM exchange_turn WHERE turn < $1
     AND at < now() - CASE WHEN length(exchanges) > ${LARGE_BYTES} THEN interval '1 minute' ELSE interval '10 minutes' END`,
    [turn],
  );
}

function packed({ keys, size }: IntTable, width: number): Buffer {
  const bytes = Buffer.alloc(size * width);
  for (let place = 0, at = 0; place < size; place++) {
    for (let n = 0; n < width / 4; n++) at = bytes.writeInt32BE(keys[place * 4 + n]!, at);
  }
  return bytes;
}
