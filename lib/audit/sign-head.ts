/** Signs the log's head, after looking whether the log still holds all that was signed before. */
import type pg from 'pg';
import { pool } from '@/lib/database/pool';
import { type Checkpoint, openCheckpoint, signCheckpoint } from './log/checkpoint';
import { loadSigner, originOf, readLogId, readPublicKeys } from './log-state';
import { type SecondPlace, secondPlace } from './second-place';
import { SEQUENCER_LOCK } from './sequence-entries';
import { storedTree } from './stored-tree';

/** `refused`: the log is not what was signed before, or nobody may sign it here. Nothing is signed until a person
 * has looked into it. */
export interface Signing {
  state: 'signed' | 'current' | 'refused';
  words: string;
}

/** Signs the head when there is one to sign, pushes it, and then writes it down. @throws AppError unavailable when
 * the second place cannot be reached */
export async function signHead(now = new Date()): Promise<Signing> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
    const signing = await sign(client, now);
    await client.query(
      `INSERT INTO sequencer_state (state, words, checked_at) VALUES ($1, $2, $3)
       ON CONFLICT ("only") DO UPDATE SET state = $1, words = $2, checked_at = $3`,
      [signing.state, signing.words, now],
    );
    await client.query('COMMIT');
    return signing;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

async function sign(client: pg.ClientBase, now: Date): Promise<Signing> {
  const { rows } = await client.query<{
    size: number;
    signed: number | null;
    root: Buffer | null;
    note: string | null;
  }>(
    `SELECT coalesce((SELECT max("index") + 1 FROM audit_leaf), 0) AS size, c.size AS signed, c.root, c.note
     FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT * FROM audit_checkpoint ORDER BY size DESC LIMIT 1) c ON true`,
  );
  const { size, signed, root, note } = rows[0]!;
  const logId = await readLogId(client);
  const place = secondPlace(logId);
  const pushedNote = await place.newest();
  if (size === 0 && signed === null && pushedNote === null)
    return { state: 'current', words: 'The log is empty.' };
  const signer = loadSigner(logId, signed === null && pushedNote === null);
  if (!signer)
    return refused(
      'The key that signed this log before is not here. Start Weir on the state folder that holds it, or set WEIR_AUDIT_KEY.',
    );
  const keys = [...readPublicKeys(logId), signer.publicKey];
  const tree = storedTree(client);

  const pushed = pushedNote === null ? null : openCheckpoint(pushedNote, keys);
  if (pushedNote !== null && pushed?.origin !== originOf(logId)) {
    return refused(
      `The newest checkpoint at ${place.name} is not one of this log, or none of its keys has signed it.`,
    );
  }
  const kept = note === null ? null : openCheckpoint(note, keys);
  if (note !== null && !(kept && root && kept.size === signed && kept.root.equals(root))) {
    return refused('The newest checkpoint in the database does not carry a valid signature.');
  }
  for (const head of [pushed, kept]) {
    if (head && !(await holds(tree, size, head))) return refused(lost(head, size, place));
  }
  if (kept && !pushed)
    return refused(
      `${place.name} holds no checkpoint, and ${kept.size} entries were signed before. It must only grow; if it was moved, copy to it what the former place holds.`,
    );
  if (signed === size && pushed?.size === size)
    return { state: 'current', words: 'Every entry of the log is signed for.' };

  const head = { origin: originOf(logId), size, root: await tree.root(size), signedAt: now };
  const fresh = signCheckpoint(signer, head);
  await place.push(fresh);
  await client.query(
    `INSERT INTO audit_checkpoint (size, root, signed_at, note, pushed_to) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (size) DO NOTHING`,
    [size, head.root, now, fresh, place.name],
  );
  return { state: 'signed', words: `Signed for ${size} entries.` };
}

/** True when the log still begins with what that head was signed for. */
async function holds(tree: ReturnType<typeof storedTree>, size: number, head: Checkpoint): Promise<boolean> {
  if (head.size > size) return false;
  try {
    return (await tree.root(head.size)).equals(head.root);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const refused = (words: string): Signing => ({ state: 'refused', words });

function lost(head: Checkpoint, size: number, place: SecondPlace): string {
  const when = head.signedAt ? ` on ${head.signedAt.toISOString()}` : '';
  const what =
    head.size > size
      ? `The log holds ${size} entries, but ${head.size} were signed for${when}: it was cut short, or an older backup was restored.`
      : `The first ${head.size} entries are not the ones that were signed for${when}: some were changed.`;
  return `${what} The checkpoints lie at ${place.name}; weir audit verify names the first wrong entry. Nothing is signed until this is settled.`;
}
