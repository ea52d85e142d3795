/** How often a key may come: a bucket of one minute's requests that fills evenly, kept by each server for itself. */
import { AppError } from '@/lib/errors';

/** Requests a minute of a key that has no rate of its own. */
const REQUESTS_A_MINUTE = 600;
const MINUTE_MS = 60_000;
const MOST_BUCKETS = 10_000;

/** By key: milliseconds of the minute that are unused, and when that was so. */
const buckets = new Map<number, { unused: number; at: number }>();

/** Takes one request out of the key's bucket. @throws AppError too_many, saying when to come again */
export function takeTurn(
  key: { id: number; name: string; perMinute: number | null },
  now = Date.now(),
): void {
  const rate = key.perMinute ?? REQUESTS_A_MINUTE;
  const price = MINUTE_MS / rate;
  const before = buckets.get(key.id) ?? { unused: MINUTE_MS, at: now };
  // A clock that is set back stands still here.
  const at = Math.max(before.at, now);
  const unused = Math.min(MINUTE_MS, before.unused + at - before.at);
  const passes = unused >= price;
  buckets.delete(key.id);
  buckets.set(key.id, { unused: passes ? unused - price : unused, at });
  // A map keeps the order of insertion: the first is the one that came longest ago.
  const oldest = buckets.size > MOST_BUCKETS ? buckets.keys().next().value : undefined;
  if (oldest !== undefined) buckets.delete(oldest);
  if (passes) return;
  const seconds = Math.ceil((price - unused) / 1_000);
  throw new AppError(
    'too_many',
    `The key "${key.name}" may come ${rate} times a minute, and has. Send again in ${seconds} s, or put more into each request.`,
  );
}
