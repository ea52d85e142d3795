/** Counts failures of e-mails that belong to nobody, so that they lock exactly as those of users do and the lock
 * does not tell who exists. In memory and bounded: forgetting one only unlocks a user that is not there. */
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
