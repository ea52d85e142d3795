/**
 * Failed sign-ins, counted where they cannot be turned against others: by the pair of an e-mail and an address, by a
 * browser that the person signed in from before, and, for strangers' browsers only, by e-mail and by address alone.
 * E-mails that belong to nobody count exactly alike, so that a lock does not tell who exists. Keys are hashes: the table
 * holds no list of addresses and names.
 */
import { createHash } from 'node:crypto';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { ACCOUNT_LOCK_AFTER, ADDRESS_LOCK_AFTER, LOCK_AFTER, LOCK_SECONDS, MAX_LOCK_SECONDS } from './rules';
import type { Client } from './schema';

/** Hours of quiet after which failures are forgotten. */
const FORGOTTEN_HOURS = 24;

export interface Counter {
  key: string;
  /** Failures in a row that are free; the last of them and each further one lock, for twice as long each time. */
  free: number;
  /** Kept through a success: it counts what was tried on others too. */
  kept?: true;
}

const keyOf = (...parts: string[]) => createHash('sha256').update(parts.join('\0')).digest('hex');

/** The counter of everything that strangers' browsers tried on an e-mail. */
export const accountKey = (email: string): string => keyOf('account', email);

/** What an attempt counts on, and is held up by. @param device the known browser it comes from, if it does */
export function countersOf(email: string, client: Client, device: string | null): Counter[] {
  if (device) return [{ key: keyOf('device', email, device), free: LOCK_AFTER }];
  const network = networkOf(client.address);
  return [
    { key: keyOf('pair', email, network), free: LOCK_AFTER },
    { key: accountKey(email), free: ACCOUNT_LOCK_AFTER },
    { key: keyOf('address', network), free: ADDRESS_LOCK_AFTER, kept: true },
  ];
}

/** One subscriber of IPv6 has a whole /64. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = [
    ...head.split(':'),
    ...(address.includes('::') ? Array(8).fill('0') : []),
    ...tail.split(':'),
  ];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`;
}

/** True while any of them is locked. */
export async function isLocked(counters: readonly Counter[]): Promise<boolean> {
  const found = await database().signInCounter.findFirst({
    where: { key: { in: counters.map(({ key }) => key) }, lockedUntil: { gt: new Date() } },
    select: { key: true },
  });
  return found !== null;
}

/** Counts one failure on each, in one statement, so that those of the same moment all count.
 * @returns true when one of them is locked now */
export async function countFailure(tx: Transaction, counters: readonly Counter[]): Promise<boolean> {
  const rows = counters.map(({ key, free }) => Prisma.sql`(${key}, ${free}::int)`);
  const counted = await tx.$queryRaw<{ locked: boolean }[]>`
    INSERT INTO sign_in_counter AS c (key, free, failures, last_at)
    SELECT key, free, 1, now() FROM (VALUES ${Prisma.join(rows)}) AS v (key, free) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN c.last_at < now() - make_interval(hours => ${FORGOTTEN_HOURS}) THEN 1 ELSE c.failures + 1 END,
      locked_until = CASE
        WHEN c.last_at >= now() - make_interval(hours => ${FORGOTTEN_HOURS}) AND c.failures + 1 >= c.free
        THEN now() + make_interval(secs => least(${MAX_LOCK_SECONDS}, ${LOCK_SECONDS} * 2 ^ least(c.failures + 1 - c.free, 20)))
      END,
      last_at = now()
    RETURNING coalesce(locked_until > now(), false) AS locked`;
  return counted.some(({ locked }) => locked);
}

/** A success forgets what failed before, but not what an address tried on others. */
export async function forgetFailures(
  tx: Transaction,
  email: string,
  counters: readonly Counter[],
): Promise<void> {
  const own = counters.filter(({ kept }) => !kept).map(({ key }) => key);
  await tx.signInCounter.deleteMany({
    where: {
      OR: [
        { key: { in: [...own, accountKey(email)] } },
        { lastAt: { lt: new Date(Date.now() - FORGOTTEN_HOURS * 3_600_000) } },
      ],
    },
  });
}
