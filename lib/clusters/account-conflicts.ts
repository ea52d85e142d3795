/** Accounts that the provider reports in a looser state after our own act: somebody undid it, or it never took hold. */
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';

/** Records that were on their way when the act reached the account contradict nothing. */
const ON_THE_WAY = "interval '5 minutes'";
const MOST = 5_000;

const CONFLICTS = Prisma.sql`
  FROM account WHERE reported_status < enforced_status AND forgotten_at IS NULL
    AND reported_at > enforced_at + ${Prisma.raw(ON_THE_WAY)}`;

export async function countConflicts(): Promise<number> {
  const [row] = await database().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count ${CONFLICTS}`;
  return row?.count ?? 0;
}

/** Their keys, the latest reports first; at most 5,000. */
export async function listConflicts(): Promise<number[]> {
  const rows = await database().$queryRaw<{ key: number }[]>`
    SELECT key ${CONFLICTS} ORDER BY reported_at DESC LIMIT ${MOST}::int`;
  return rows.map((row) => row.key);
}

/** When the provider contradicted us about this account; null when it does not. */
export async function findConflict(accountKey: number): Promise<Date | null> {
  const [row] = await database().$queryRaw<{ at: Date }[]>`
    SELECT reported_at AS at ${CONFLICTS} AND key = ${accountKey}::int`;
  return row?.at ?? null;
}
