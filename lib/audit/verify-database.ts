/** Verifies the database's own log: what its entries say today against what was logged and signed. */
import { createHash, type Hash } from 'node:crypto';
import type pg from 'pg';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import { AppError } from '@/lib/errors';
import { TreeEdge } from './log/merkle-tree';
import { readLogId, readPublicKeys } from './log-state';
import { readLog } from './read-log';
import { bringLogUpToDate } from './run-sequencer';
import { secondPlace } from './second-place';
import {
  LogVerifier,
  openCheckpoint,
  readKey,
  splitNotes,
  type Verified,
  Wrong,
} from './verifier/verify-log.mjs';

/** Nodes read in one go. */
const NODES = 10_000;

export type VerifiedDatabase =
  | (Verified & { ok: true; erased: number; waiting: number; pushed_to: string })
  | { ok: false; first_bad: number | null; problem: string };

/**
 * Brings the log up to date and goes through it from the first entry: entries, leaves, nodes, signatures, the newest
 * checkpoint at the second place, and those that are given.
 * @param notes checkpoints kept elsewhere, in the form of a file of them
 * @throws AppError forbidden, bad_input when the notes hold none
 */
export async function verifyDatabase(actor: Actor, notes?: string): Promise<VerifiedDatabase> {
  requireRight(actor, 'audit.read');
  const logId = await readLogId(pool());
  const signing = await bringLogUpToDate().catch((error: unknown) => ({
    state: 'refused' as const,
    words: error instanceof Error ? error.message : String(error),
  }));
  try {
    const keys = readPublicKeys(logId).map(readKey);
    if (keys.length === 0 && (await isSigned())) {
      throw new Wrong(
        null,
        'no public key of this log is here: verify it on the state folder that signed it',
      );
    }
    const kept = readKept(notes, keys);
    const place = secondPlace(logId);
    const pushed = await place.newest();
    if (pushed) kept.push(...readKept(pushed, keys));
    const verifier = new LogVerifier(keys, kept);
    const nodes = new NodeDigests();
    let after = { erased: 0, waiting: 0 };
    for await (const item of readLog(async (client) => {
      after = await lookAround(client, nodes);
    })) {
      if ('checkpoint' in item) {
        verifier.checkpoint(item.checkpoint.note);
        continue;
      }
      const { index, hash, leaf } = item.leaf;
      verifier.place(index);
      if (!leaf) throw new Wrong(index, `entry ${index} is missing: it was removed from the database`);
      verifier.entry(leaf.text, hash);
      nodes.append(hash);
      verifier.reached();
    }
    const found = verifier.finish();
    if (signing.state === 'refused') throw new Wrong(null, signing.words);
    return { ok: true, ...found, ...after, pushed_to: place.name };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, first_bad: error.index, problem: error.message };
    throw error;
  }
}

async function isSigned(): Promise<boolean> {
  const { rows } = await pool().query('SELECT 1 FROM audit_checkpoint LIMIT 1');
  return rows.length > 0;
}

function readKept(
  notes: string | undefined,
  keys: ReturnType<typeof readKey>[],
): NonNullable<ReturnType<typeof openCheckpoint>>[] {
  if (notes === undefined) return [];
  const all = splitNotes(notes);
  if (all.length === 0) {
    throw new AppError('bad_input', 'The file holds no checkpoint: a signed note, as the log pushes them.');
  }
  return all.map((note) => {
    const head = openCheckpoint(note, keys);
    if (!head) throw new Wrong(null, 'A checkpoint that was given is not signed by a key of this log.');
    return head;
  });
}

/** What no leaf tells: entries that were slipped in beside the log, and nodes that do not belong to its leaves. */
async function lookAround(
  client: pg.ClientBase,
  nodes: NodeDigests,
): Promise<{ erased: number; waiting: number }> {
  const { rows } = await client.query<{ aside: number | null; erased: number; waiting: number }>(
    `WITH unplaced AS (
       SELECT e.id, e.xid FROM audit_entry e
       WHERE NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id)),
     last AS (
       SELECT e.xid, e.id FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id ORDER BY l."index" DESC LIMIT 1)
     SELECT (SELECT min(u.id) FROM unplaced u, last WHERE (u.xid, u.id) < (last.xid, last.id)) AS aside,
       (SELECT count(*) FROM unplaced)::int AS waiting,
       (SELECT count(*) FROM audit_salt WHERE seed IS NULL)::int AS erased`,
  );
  const { aside, erased, waiting } = rows[0]!;
  if (aside !== null) {
    throw new Wrong(
      null,
      `the entry with id ${aside} stands in the database but not in the log: it was slipped in`,
    );
  }
  await nodes.compare(client);
  return { erased, waiting };
}

/** The tree's nodes as the leaves give them, one digest a level: proofs are read from the stored ones. */
class NodeDigests {
  private readonly edge = new TreeEdge(0, []);
  private readonly levels: { digest: Hash; count: number }[] = [];

  append(leaf: Buffer): void {
    for (const { level, hash } of this.edge.append(leaf)) {
      this.levels[level - 1] ??= { digest: createHash('sha256'), count: 0 };
      const at = this.levels[level - 1]!;
      at.digest.update(hash);
      at.count++;
    }
  }

  async compare(client: pg.ClientBase): Promise<void> {
    const { rows } = await client.query<{ level: number; count: number }>(
      'SELECT level, count(*)::int AS count FROM audit_node GROUP BY level ORDER BY level',
    );
    const counts = this.levels.map((at) => at.count);
    if (rows.map((row) => row.count).join() !== counts.join()) {
      throw new Wrong(
        null,
        `the stored tree has nodes ${rows.map((row) => row.count)}, not ${counts}: proofs from it do not hold`,
      );
    }
    for (const [n, { digest, count }] of this.levels.entries()) {
      const stored = createHash('sha256');
      for (let from = 0; from < count; from += NODES) {
        const found = await client.query<{ hash: Buffer }>(
          'SELECT hash FROM audit_node WHERE level = $1 AND "index" >= $2 AND "index" < $3 ORDER BY "index"',
          [n + 1, from, from + NODES],
        );
        for (const { hash } of found.rows) stored.update(hash);
      }
      if (stored.digest('hex') === digest.digest('hex')) continue;
      throw new Wrong(
        null,
        `the stored nodes of level ${n + 1} are not those of the log: proofs from them do not hold`,
      );
    }
  }
}
