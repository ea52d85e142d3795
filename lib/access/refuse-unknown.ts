/** Refusals of e-mails that belong to nobody: they count as those of users do, but strangers must not make the audit
 * grow as they like, so of many in a minute the rest is summed up. */
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { log } from '@/lib/log';
import type { Actor } from './schema';
import { type Counter, countFailure } from './sign-in-counters';

const DOOR: Actor = { kind: 'system', name: 'sign_in' };
/** So many a minute are written down one by one, whatever their e-mails. */
export const LISTED_A_MINUTE = 20;
const MINUTE_MS = 60_000;

let minute = { endsAt: 0, listed: 0 };
let summed = 0;
let summary: NodeJS.Timeout | undefined;

/** Counts and writes down one refusal. @returns what to tell */
export async function refuseUnknown(
  email: string,
  counters: readonly Counter[],
  now = Date.now(),
): Promise<'wrong' | 'locked'> {
  if (now >= minute.endsAt) minute = { endsAt: now + MINUTE_MS, listed: 0 };
  const last = ++minute.listed === LISTED_A_MINUTE;
  const listed = minute.listed <= LISTED_A_MINUTE;
  if (!listed) {
    summed++;
    summary ??= setTimeout(() => void sumUpUnknown(), Math.max(0, minute.endsAt - now)).unref();
  }
  return inTransaction(async (tx) => {
    const locked = await countFailure(tx, counters);
    const reason = locked ? 'No such user; locked for a while' : 'No such user';
    if (listed) {
      await writeAudit(tx, DOOR, {
        verb: 'user.sign_in',
        object: { type: 'user', id: 'unknown', label: email },
        outcome: 'refused',
        reason: last ? `${reason}; further ones of this minute are summed up` : reason,
      });
    }
    return locked ? 'locked' : 'wrong';
  });
}

/** Writes one entry for all refusals that have none of their own; what it cannot write now is part of the next sum. */
export async function sumUpUnknown(): Promise<void> {
  clearTimeout(summary);
  summary = undefined;
  const attempts = summed;
  summed = 0;
  if (attempts === 0) return;
  try {
    await inTransaction((tx) =>
      writeAudit(tx, DOOR, {
        verb: 'user.sign_in',
        object: { type: 'user', id: 'unknown' },
        outcome: 'refused',
        reason: `No such user: ${attempts} more within a minute`,
        detail: { attempts },
      }),
    );
  } catch (error) {
    summed += attempts;
    log.error({ err: error }, 'refused sign-ins could not be summed up');
  }
}
