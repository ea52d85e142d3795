/**
 * Gives committed entries their places in the log, in the order of the transactions that wrote them. An entry is
 * taken once every transaction that began before its own is over: then no entry that commits late can come to lie
 * before one that has its place already, and none is skipped.
 */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { pool } from '@/lib/database/pool';
import { type LoggedEntry, toLeaf } from './log/leaf';
import { leafHash, type NewNode } from './log/merkle-tree';
import { SEED_BYTES } from './log/personal-values';
import { readEdge } from './stored-tree';

/** Held in a round's transaction, and while a head is signed: one at a time does either. */
export const SEQUENCER_LOCK = 57_317_009;
export const ROUND = 1_000;

export const ENTRY_COLUMNS =
  'e.id, e.at, e.actor, e.actor_name, e.verb, e.object_type, e.object_id, e.object_label, e.outcome, e.reason, e.before, e.after, e.detail';

/**
 * One round, in one transaction.
 * @param sweep looks for entries of an earlier life of the database too: after a dump is restored elsewhere, its
 *   transactions have higher numbers than the server has given yet
 * @returns how many entries got their places; null when somebody else is at it
 */
export async function sequenceEntries(sweep = false, limit = ROUND): Promise<number | null> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
      SEQUENCER_LOCK,
    ]);
    const taken = rows[0]?.mine ? await takeRound(client, sweep, limit) : null;
    await client.query('COMMIT');
    return taken;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // Closing the session undoes what it had begun.
    client.release(failure);
  }
}

/**
 * Entries that are committed but have no place yet, and when the oldest of them was written. They wait for a round, or
 * for a transaction that began before theirs: on a server with several databases in any of them.
 */
export const UNPLACED = `
  SELECT count(*)::int AS entries, min(e.at) AS since FROM audit_entry e
  LEFT JOIN LATERAL (SELECT 1 AS there FROM audit_leaf l WHERE l.entry_id = e.id LIMIT 1) known ON true
  WHERE known.there IS NULL
    AND e.xid < (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    AND e.xid >= coalesce((
      SELECT last.xid FROM (SELECT entry_id FROM audit_leaf ORDER BY "index" DESC LIMIT 1) leaf
      JOIN audit_entry last ON last.id = leaf.entry_id
      WHERE last.xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint), 0)`;

interface Standing {
  /** Every transaction below is over. */
  settled: number;
  /** No transaction from here on has begun. */
  unborn: number;
  size: number;
  /** Transaction and id of the entry that came last. */
  xid: number;
  id: number;
}

const STANDING = `
  SELECT pg_snapshot_xmin(s)::text::bigint AS settled, pg_snapshot_xmax(s)::text::bigint AS unborn,
    coalesce(last."index" + 1, 0) AS size, coalesce(e.xid, 0) AS xid, coalesce(e.id, 0) AS id
  FROM pg_current_snapshot() s
  LEFT JOIN LATERAL (SELECT "index", entry_id FROM audit_leaf ORDER BY "index" DESC LIMIT 1) last ON true
  LEFT JOIN audit_entry e ON e.id = last.entry_id`;

async function takeRound(client: pg.ClientBase, sweep: boolean, limit: number): Promise<number> {
  const standing = (await client.query<Standing>(STANDING)).rows[0]!;
  const entries = await findPending(client, standing, sweep, limit);
  if (entries.length > 0) await addToLog(client, standing.size, entries);
  return entries.length;
}

async function findPending(
  client: pg.ClientBase,
  { settled, unborn, xid, id }: Standing,
  sweep: boolean,
  limit: number,
): Promise<LoggedEntry[]> {
  // The last entry may be of an earlier life; then all of this one's are looked at.
  const [afterXid, afterId] = xid < unborn ? [xid, id] : [0, 0];
  const { rows } = await client.query<LoggedEntry>(
    `SELECT ${ENTRY_COLUMNS} FROM audit_entry e
     LEFT JOIN LATERAL (SELECT 1 AS there FROM audit_leaf l WHERE l.entry_id = e.id LIMIT 1) known ON true
     WHERE known.there IS NULL
       AND ((e.xid, e.id) > ($1::bigint, $2::bigint) AND e.xid < $3::bigint ${sweep ? 'OR e.xid >= $5::bigint' : 'AND e.xid < $5::bigint'})
     ORDER BY e.xid, e.id LIMIT $4`,
    [afterXid, afterId, settled, limit, unborn],
  );
  return rows;
}

async function addToLog(client: pg.ClientBase, size: number, entries: readonly LoggedEntry[]): Promise<void> {
  const edge = await readEdge(client, size);
  const seeds = entries.map(() => randomBytes(SEED_BYTES));
  const nodes: NewNode[] = [];
  const hashes = entries.map((entry, n) => {
    const hash = leafHash(toLeaf(entry, size + n, { seed: seeds[n]!, salts: null, erased: null }).text);
    nodes.push(...edge.append(hash));
    return hash;
  });
  const ids = entries.map((entry) => entry.id);
  await client.query(
    `INSERT INTO audit_leaf ("index", entry_id, hash, sequenced_at)
     SELECT $1::bigint + t.ordinal - 1, t.id, t.hash, clock_timestamp()
     FROM unnest($2::bigint[], $3::bytea[]) WITH ORDINALITY AS t(id, hash, ordinal)`,
    [size, ids, hashes],
  );
  await client.query(
    'INSERT INTO audit_salt (entry_id, seed) SELECT * FROM unnest($1::bigint[], $2::bytea[])',
    [ids, seeds],
  );
  if (nodes.length === 0) return;
  await client.query(
    'INSERT INTO audit_node (level, "index", hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])',
    [nodes.map((n) => n.level), nodes.map((n) => n.index), nodes.map((n) => n.hash)],
  );
}
