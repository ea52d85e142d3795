/** Why an execution pauses without anybody. */
import { database } from '@/lib/database/client';
import { appealRate } from './appeal-rate';
import { readStageErrors } from './count-items';
import type { Recorded } from './record-batch';
import { APPEAL_SHARE, appealShare, ERROR_SHARE, errorShare, shouldPause } from './rules';

/** Milliseconds between two looks at appeals: they come in over hours. */
export const APPEAL_LOOK_MS = 5_000;

/** After a batch with failures: too many of them. @returns the note, or null when it goes on */
export async function tooManyErrors(
  id: number,
  stage: number,
  { dead, retrying }: Recorded,
): Promise<string | null> {
  if (dead + retrying === 0) return null;
  const errors = await readStageErrors(database(), id, stage);
  if (!shouldPause(errors)) return null;
  const percent = Math.round(errorShare(errors) * 1000) / 10;
  return `Paused by itself: errors at ${percent} %, above ${ERROR_SHARE * 100} %. Look at the accounts that failed.`;
}

/** Owners of accounts that were acted on object. @returns the note, or null when it goes on */
export async function tooManyAppeals(id: number): Promise<string | null> {
  const rate = await appealRate(null, id);
  const row = await database().proposal.findUnique({ where: { id }, select: { appealsSeen: true } });
  const share = appealShare(rate, row?.appealsSeen ?? 0);
  if (share <= APPEAL_SHARE) return null;
  const percent = Math.round(share * 1000) / 10;
  return `Paused by itself: ${rate.appeals} owners appealed, ${percent} %, above ${APPEAL_SHARE * 100} %. Look at their appeals.`;
}
