/** Counts failures of e-mails that belong to nobody, so that they lock exactly as those of users do and the lock
 * does not tell who exists. In memory and bounded: forgetting one only unlocks a user that is not there. Says too
 * which of them get an audit entry of their own: strangers must not make the audit grow as they like. */
import { LOCK_AFTER, LOCK_MS } from './rules';

const LIMIT = 10_000;
const failures = new Map<string, { count: number; lockedUntil: number }>();

export function isUnknownLocked(email: string, now = Date.now()): boolean {
  return (failures.get(email)?.lockedUntil ?? 0) > now;
}

/** Counts one more failure. @returns true when the e-mail is locked now. */
export function countUnknownFailure(email: string, now = Date.now()): boolean {
  const before = failures.get(email);
  const passed = before !== undefined && before.lockedUntil > 0 && before.lockedUntil <= now;
  const count = passed ? 1 : (before?.count ?? 0) + 1;
  const lockedUntil = count >= LOCK_AFTER ? now + LOCK_MS : 0;
  failures.delete(email);
  failures.set(email, { count, lockedUntil });
  // A map keeps the order of insertion: the first is the one that failed longest ago.
  const oldest = failures.size > LIMIT ? failures.keys().next().value : undefined;
  if (oldest !== undefined) failures.delete(oldest);
  return lockedUntil > 0;
}

/** So many a minute are written down one by one, whatever their e-mails; the others are summed up. */
export const LISTED_A_MINUTE = 20;
const MINUTE_MS = 60_000;
let minute = { endsAt: 0, listed: 0 };
let summed = 0;

/** Counts one more refusal for the audit: an entry of its own, the minute's last one, or one of the sum. */
export function countForAudit(now = Date.now()): 'listed' | 'last' | 'summed' {
  if (now >= minute.endsAt) minute = { endsAt: now + MINUTE_MS, listed: 0 };
  if (minute.listed >= LISTED_A_MINUTE) {
    summed++;
    return 'summed';
  }
  minute.listed++;
  return minute.listed === LISTED_A_MINUTE ? 'last' : 'listed';
}

/** Takes over what no entry tells of yet; who cannot write it gives it back. */
export function takeSummed(): number {
  const taken = summed;
  summed = 0;
  return taken;
}

export function giveBackSummed(count: number): void {
  summed += count;
}

/** Milliseconds until the minute is over. */
export const minuteLeft = (now = Date.now()): number => Math.max(0, minute.endsAt - now);
