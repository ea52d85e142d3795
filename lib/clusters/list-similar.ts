import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { detectionKind } from '@/lib/detection/kinds';
import { rarity } from '@/lib/detection/rarity';
import { clusterId, noSuchCluster } from './find-cluster';
import { isSensitiveKind } from './rules';
import type { SimilarCluster } from './similar-schema';

const SHOWN = 20;
/** A value that weighs less is one that strangers share too. */
const LEAST = 0.25;

interface SharedRow {
  clusterId: number;
  kind: string;
  values: number;
  value: string;
  indicatorId: string;
  population: number;
}

/** Clusters in any state whose strongest values are also this one's, by how rare these are, and those with accounts in
 * common. @throws AppError forbidden, not_found */
export async function listSimilar(actor: Actor, id: number): Promise<SimilarCluster[]> {
  requireRight(actor, 'desk.read');
  const [found, shared, together, accounts] = await Promise.all([
    database().cluster.findUnique({ where: { id: clusterId(id) }, select: { id: true } }),
    sharedValues(id),
    sharedAccounts(id),
    database().account.count(),
  ]);
  if (!found) throw noSuchCluster(id);
  const weightOf = (row: SharedRow) =>
    rarity(detectionKind(row.kind).lambda, row.population, Math.max(accounts, row.population));
  const kindsOf = new Map<number, SharedRow[]>();
  for (const row of shared.filter((each) => weightOf(each) >= LEAST))
    kindsOf.set(row.clusterId, [...(kindsOf.get(row.clusterId) ?? []), row]);
  const weights = new Map(
    [...kindsOf].map(([other, rows]) => [other, rows.reduce((sum, row) => sum + weightOf(row), 0)]),
  );
  const ids = [...new Set([...weights.keys(), ...together.keys()])];
  const clusters = await database().cluster.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      status: true,
      reopenedCause: true,
      active: true,
      score: true,
      accounts: true,
    },
  });
  const sensitive = may(actor, 'desk.read_sensitive');
  return clusters
    .map((cluster) => ({
      ...cluster,
      sharedAccounts: together.get(cluster.id) ?? 0,
      weight: weights.get(cluster.id) ?? 0,
      kinds: (kindsOf.get(cluster.id) ?? [])
        .sort((a, b) => weightOf(b) - weightOf(a))
        .map(({ kind, values, value, indicatorId, population }) => {
          const shown = sensitive || !isSensitiveKind(kind);
          return {
            kind,
            values,
            value: shown ? value : null,
            indicatorId: shown ? indicatorId : '',
            population,
          };
        }),
    }))
    .sort((a, b) => b.weight - a.weight || b.sharedAccounts - a.sharedAccounts || a.id - b.id)
    .slice(0, SHOWN);
}

/** Of the values that each cluster's evidence keeps, the same ones, by cluster and kind, with the rarest. */
function sharedValues(id: number): Promise<SharedRow[]> {
  return database().$queryRaw<SharedRow[]>`
    WITH kept AS (
      SELECT e.cluster_id, e.kind, v->>'indicatorId' AS indicator, v->>'value' AS value,
        GREATEST((v->>'population')::int, 1) AS population
      FROM evidence e, jsonb_array_elements(e.values::jsonb) AS v
      WHERE v->>'indicatorId' <> '')
    SELECT k.cluster_id AS "clusterId", k.kind, count(DISTINCT k.indicator)::int AS values, min(k.population) AS population,
      (array_agg(k.value ORDER BY k.population, k.indicator))[1] AS value,
      (array_agg(k.indicator ORDER BY k.population, k.indicator))[1] AS "indicatorId"
    FROM kept k JOIN kept mine ON mine.cluster_id = ${id}::int AND mine.indicator = k.indicator
    WHERE k.cluster_id <> ${id}::int
    GROUP BY 1, 2`;
}

/** Accounts that are in this one and in another, by that cluster's id. */
async function sharedAccounts(id: number): Promise<Map<number, number>> {
  const rows = await database().$queryRaw<{ clusterId: number; accounts: number }[]>`
    SELECT o.cluster_id AS "clusterId", count(*)::int AS accounts
    FROM cluster_member m JOIN cluster_member o ON o.account_key = m.account_key AND o.cluster_id <> m.cluster_id
    WHERE m.cluster_id = ${id}::int GROUP BY 1`;
  return new Map(rows.map((row) => [row.clusterId, row.accounts]));
}
