import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { appRole } from '@/lib/database/app-role';
import { pool } from '@/lib/database/pool';
import { originOf, readLogId, readPublicKeys } from './log-state';
import { UNPLACED } from './sequence-entries';
import type { Verification, VerificationState } from './verification-schema';

/** Seconds after which an entry that nothing was signed for is late: signatures come every two. */
const LATE_SECONDS = 30;

interface Row {
  size: number;
  signed_size: number | null;
  root: Buffer | null;
  signed_at: Date | null;
  note: string | null;
  pushed_to: string | null;
  checkpoints: number;
  erased: number;
  waiting: number;
  seconds: number | null;
  state: string | null;
  words: string | null;
}

/** How the log stands: its head, what waits, and what that proves. @throws AppError forbidden */
export async function getVerification(actor: Actor): Promise<Verification> {
  requireRight(actor, 'audit.read');
  const [logId, { rows }] = await Promise.all([readLogId(pool()), pool().query<Row>(STANDING)]);
  const row = rows[0]!;
  const lag = { entries: row.waiting, seconds: Math.max(0, row.seconds ?? 0) };
  const state = stateOf(row, lag.seconds);
  const guardedByRole = appRole() !== null;
  return {
    state,
    words: wordsOf(state, row, lag),
    size: row.size,
    root: row.root?.toString('base64') ?? null,
    signedSize: row.signed_size ?? 0,
    signedAt: row.signed_at?.toISOString() ?? null,
    checkpoint: row.note,
    lag,
    pushedTo: row.pushed_to,
    origin: originOf(logId),
    publicKeys: readPublicKeys(logId),
    checkpoints: row.checkpoints,
    erasedEntries: row.erased,
    guardedByRole,
    provesWords: provesWords(row, guardedByRole),
  };
}

/** Entries after the last one that was signed for: those with a place, and those that have none yet. */
const STANDING = `
  WITH head AS (SELECT * FROM audit_checkpoint ORDER BY size DESC LIMIT 1),
  unsigned AS (
    SELECT count(*)::int AS entries, min(e.at) AS since FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id
    WHERE l."index" >= coalesce((SELECT size FROM head), 0)),
  unplaced AS (${UNPLACED})
  SELECT coalesce((SELECT max("index") + 1 FROM audit_leaf), 0) AS size,
    head.size AS signed_size, head.root, head.signed_at, head.note, head.pushed_to,
    (SELECT count(*)::int FROM audit_checkpoint) AS checkpoints,
    (SELECT count(*)::int FROM audit_salt WHERE seed IS NULL) AS erased,
    unsigned.entries + unplaced.entries AS waiting,
    extract(epoch FROM now() - LEAST(unsigned.since, unplaced.since))::float8 AS seconds,
    sequencer_state.state, sequencer_state.words
  FROM unsigned CROSS JOIN unplaced LEFT JOIN head ON true LEFT JOIN sequencer_state ON true`;

function stateOf(row: Row, seconds: number): VerificationState {
  if (row.state === 'refused') return 'refused';
  if (row.signed_size === null && row.waiting === 0) return 'empty';
  return row.waiting > 0 && seconds > LATE_SECONDS ? 'behind' : 'signed';
}

function wordsOf(state: VerificationState, row: Row, lag: Verification['lag']): string {
  const signed = `${(row.signed_size ?? 0).toLocaleString('en')} entries are signed for`;
  switch (state) {
    case 'refused':
      return row.words ?? '';
    case 'empty':
      return 'Nothing was written down yet.';
    case 'behind':
      return `${signed}; ${lag.entries.toLocaleString('en')} wait, the oldest for ${Math.round(lag.seconds)} s. Is the worker running, or does a long transaction hold the log up?`;
    case 'signed':
      return `${signed}.${lag.entries > 0 ? ` ${lag.entries.toLocaleString('en')} more follow within seconds.` : ''}`;
  }
}

function provesWords(row: Row, guardedByRole: boolean): Verification['provesWords'] {
  const size = (row.signed_size ?? 0).toLocaleString('en');
  return {
    proves: [
      `The first ${size} entries are the ones that were signed for, in that order: none was changed, removed, added in between or swapped since.`,
      `A restored older backup or a rewritten log shows, as long as the checkpoints at ${row.pushed_to ?? 'the second place'} stand.`,
      'Anybody who has the public key can check an export without this database.',
    ],
    doesNot: [
      'That what was written down is true, or that everything that happened was written down.',
      'Anything about entries of the last seconds, which no checkpoint covers yet.',
      'Anything against somebody who holds the signing key, the database and the second place at once.',
      ...(guardedByRole
        ? []
        : [
            'That the app itself may not touch entries: its database role is missing, triggers alone refuse it.',
          ]),
      ...(row.erased > 0
        ? [
            `What ${row.erased.toLocaleString('en')} entries said where personal data was erased; only that something stood there.`,
          ]
        : []),
    ],
  };
}
