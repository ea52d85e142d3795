import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { BanRow, RegrownAccount, Regrowth } from '../regrowth-schema';

const ACCOUNTS = 100;
const HOUR_MS = 3_600_000;

/** Bans of a cluster's accounts and what came back after them; null when none was banned. @throws AppError forbidden */
export async function getRegrowth(actor: Actor, clusterId: number): Promise<Regrowth | null> {
  requireRight(actor, 'desk.read');
  const bans = await database().clusterBan.findMany({ where: { clusterId }, orderBy: { id: 'desc' } });
  if (bans.length === 0) return null;
  const [fingerprint, accounts, total] = await Promise.all([
    database().$queryRaw<Regrowth['fingerprint']>`
      SELECT kind, count(*)::int AS values, max(members) AS members FROM cluster_fingerprint
      WHERE cluster_id = ${clusterId} GROUP BY kind ORDER BY max(members) DESC, kind`,
    listAccounts(clusterId),
    database().clusterRegrowth.count({ where: { clusterId } }),
  ]);
  return {
    bans: bans.map(
      ({ bannedAt, accounts, exchangesPerDay, regrown, regrownPerDay, firstMatchAt }): BanRow => ({
        bannedAt: bannedAt.toISOString(),
        accounts,
        exchangesPerDay,
        regrown,
        regrownPerDay,
        firstMatchAt: firstMatchAt?.toISOString() ?? null,
        hoursToRelink: firstMatchAt && (firstMatchAt.getTime() - bannedAt.getTime()) / HOUR_MS,
        recovered: regrown > 0 && exchangesPerDay > 0 ? regrownPerDay / exchangesPerDay : null,
      }),
    ),
    fingerprint,
    accounts,
    total,
  };
}

async function listAccounts(clusterId: number): Promise<RegrownAccount[]> {
  const rows = await database().clusterRegrowth.findMany({
    where: { clusterId },
    orderBy: [{ seenAt: 'desc' }, { accountKey: 'asc' }],
    take: ACCOUNTS,
    include: {
      account: {
        include: {
          memberships: { where: { role: { not: 'weak' } }, select: { clusterId: true } },
        },
      },
    },
  });
  return rows.map(({ account, kinds, seenAt }) => ({
    accountId: account.id,
    kinds,
    seenAt: seenAt.toISOString(),
    status: account.enforcedStatus ?? account.reportedStatus,
    exchanges: Number(account.exchanges),
    clusterIds: account.memberships.map((membership) => membership.clusterId),
  }));
}
