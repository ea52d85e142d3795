/** Figures over a cluster's core and ordinary members that change between runs, so they are counted when asked. */
import { database } from '@/lib/database/client';
import type { ClusterDetail } from './schema';

type Counts = Pick<ClusterDetail, 'enterpriseAccounts' | 'verifiedAccounts' | 'bannedAccounts'>;

export async function memberCounts(clusterId: number): Promise<Counts> {
  const [counts] = await database().$queryRaw<Counts[]>`
    SELECT count(*) FILTER (WHERE a.enterprise)::int AS "enterpriseAccounts",
      count(*) FILTER (WHERE a.verified_organization)::int AS "verifiedAccounts",
      count(*) FILTER (WHERE coalesce(a.enforced_status, a.reported_status) = 'banned')::int AS "bannedAccounts"
    FROM cluster_member m JOIN account a ON a.key = m.account_key
    WHERE m.cluster_id = ${clusterId} AND m.role <> 'weak'`;
  return counts ?? { enterpriseAccounts: 0, verifiedAccounts: 0, bannedAccounts: 0 };
}

/** Members looked at for the shares: the rows of 20,000 accounts would take seconds to sum. */
const SAMPLE = 500;
const PATHS = 12;

/** Share of exchanges by access path, largest first; of a fixed sample of 500 members where there are more. */
export async function sharesByAccessPath(clusterId: number): Promise<ClusterDetail['accessPaths']> {
  const rows = await database().$queryRaw<{ path: string; exchanges: number }[]>`
    WITH path AS MATERIALIZED (SELECT id, value FROM indicator WHERE kind = 'access_path'),
    sample AS MATERIALIZED (
      SELECT account_key FROM cluster_member WHERE cluster_id = ${clusterId} AND role <> 'weak'
      ORDER BY hashint4(account_key), account_key LIMIT ${SAMPLE}
    )
    SELECT path.value AS path, sum(seen.count)::float8 AS exchanges
    FROM sample
    JOIN account_indicator seen USING (account_key)
    JOIN path ON path.id = seen.indicator_id
    GROUP BY 1 ORDER BY 2 DESC, 1`;
  const total = rows.reduce((sum, row) => sum + row.exchanges, 0);
  return rows.slice(0, PATHS).map(({ path, exchanges }) => ({ path, share: exchanges / total }));
}
