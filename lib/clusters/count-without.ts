/** What a cluster would be without one kind: retention and each account's strength as the run that found it recomputed them. */
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { defaultConfig } from '@/lib/detection/schema';
import type { WithoutKind } from './schema';

/** Strength under which the cluster's run called members weak. */
const WEAK = Prisma.sql`COALESCE((run.config->>'weakRetention')::float8, ${defaultConfig.weakRetention})`;

/** By kind, those without which most accounts would leave first; empty until a run has written it. The run's settings
 * are read once: read for each member they cost more than all else. */
export function countWithout(clusterId: number): Promise<WithoutKind[]> {
  return database().$queryRaw`
    WITH run AS MATERIALIZED (
      SELECT ${WEAK} AS weak
      FROM cluster c JOIN detection_run run ON run.id = c.run_id WHERE c.id = ${clusterId})
    SELECT held.kind, count(*)::int AS held,
      (count(*) FILTER (WHERE held.without < (SELECT weak FROM run)))::int AS leaves,
      (SELECT e.retention_without FROM evidence e WHERE e.cluster_id = ${clusterId} AND e.kind = held.kind) AS retention
    FROM cluster_member m CROSS JOIN unnest(m.kinds, m.strength_without) AS held(kind, without)
    WHERE m.cluster_id = ${clusterId} AND m.role <> 'weak'
      AND held.without IS NOT NULL AND held.kind IS NOT NULL
    GROUP BY held.kind ORDER BY 3 DESC, 2 DESC, 1`;
}

/** Keys of the core and ordinary members that would not be held without the kind. */
export async function leaversWithout(clusterId: number, kind: string): Promise<number[]> {
  const rows = await database().$queryRaw<{ key: number }[]>`
    SELECT m.account_key AS key
    FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id JOIN detection_run run ON run.id = c.run_id
    WHERE m.cluster_id = ${clusterId} AND m.role <> 'weak'
      AND m.strength_without[array_position(m.kinds, ${kind})] < ${WEAK}`;
  return rows.map((row) => row.key);
}
