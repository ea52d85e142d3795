/** What accounts have in common with a cluster, value by value. */
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { detectionKind } from '@/lib/detection/kinds';
import { rarity } from '@/lib/detection/rarity';
import { listKinds } from './list-kinds';
import type { SharedValue } from './review-schema';
import { isSensitiveKind } from './rules';

/** Rows read to count who holds one value: a user agent of a hundred thousand accounts must not hold up a page. */
const COUNTED_ROWS = 50_000;

interface Row {
  accountKey: number;
  kind: string;
  value: string;
  members: number;
  population: number;
  counted: number;
}

/**
 * For each account the values that other core or ordinary members of the cluster hold as well, those that say most
 * first. Looks at most at `perKind` values of each account and kind: the cluster's strongest first, then its most used.
 * @returns by account key; addresses count on whatever day they were seen
 */
export async function sharedValues(
  actor: Actor,
  clusterId: number,
  accountKeys: readonly number[],
  perKind: number,
): Promise<Map<number, SharedValue[]>> {
  const linking = (await listKinds()).filter((kind) => detectionKind(kind).lambda > 0);
  const [rows, cluster] = await Promise.all([
    database().$queryRaw<Row[]>`
      WITH strongest AS MATERIALIZED (
        SELECT (value->>'indicatorId')::bigint AS id FROM evidence, jsonb_array_elements(values::jsonb) AS value
        WHERE cluster_id = ${clusterId} AND value->>'indicatorId' <> ''),
      mine AS MATERIALIZED (
        SELECT l.account_key, l.indicator_id, i.kind, i.value, row_number() OVER (
          PARTITION BY l.account_key, i.kind
          ORDER BY (s.id IS NOT NULL) DESC, sum(l.count) DESC, l.indicator_id) AS place
        FROM account_indicator l JOIN indicator i ON i.id = l.indicator_id
        LEFT JOIN (SELECT DISTINCT id FROM strongest) s ON s.id = l.indicator_id
        WHERE l.account_key = ANY(${[...accountKeys]}::int[]) AND i.kind = ANY(${linking}::text[])
        GROUP BY l.account_key, l.indicator_id, i.kind, i.value, s.id),
      looked AS MATERIALIZED (SELECT DISTINCT indicator_id FROM mine WHERE place <= ${perKind}::int),
      -- One join for all values together: one a value would read the members of a large cluster hundreds of times.
      held AS MATERIALIZED (
        SELECT looked.indicator_id, count(DISTINCT l.account_key)::int AS population, count(*)::int AS counted,
          count(DISTINCT l.account_key) FILTER (WHERE m.account_key IS NOT NULL)::int AS members
        FROM looked CROSS JOIN LATERAL (
          SELECT account_key FROM account_indicator WHERE indicator_id = looked.indicator_id
          LIMIT ${COUNTED_ROWS}::int) l
        LEFT JOIN cluster_member m ON m.cluster_id = ${clusterId} AND m.account_key = l.account_key AND m.role <> 'weak'
        GROUP BY looked.indicator_id)
      SELECT mine.account_key AS "accountKey", mine.kind, mine.value, held.population, held.counted,
        held.members - (CASE WHEN self.account_key IS NULL THEN 0 ELSE 1 END) AS members
      FROM mine JOIN held USING (indicator_id)
      LEFT JOIN cluster_member self ON self.cluster_id = ${clusterId} AND self.account_key = mine.account_key
        AND self.role <> 'weak'
      WHERE mine.place <= ${perKind}::int`,
    database().cluster.findUniqueOrThrow({
      where: { id: clusterId },
      select: { run: { select: { accounts: true } } },
    }),
  ]);
  const { accounts } = cluster.run;
  const sensitive = may(actor, 'desk.read_sensitive');
  const weight = (row: Row) =>
    rarity(detectionKind(row.kind).lambda, Math.max(1, row.population), Math.max(accounts, row.population));
  const found = new Map<number, SharedValue[]>(accountKeys.map((key) => [key, []]));
  for (const row of rows.sort((a, b) => weight(b) - weight(a) || b.members - a.members)) {
    if (row.members < 1) continue;
    const list = found.get(row.accountKey);
    list?.push({
      id: `${row.kind} ${list.length}`,
      kind: row.kind,
      value: sensitive || !isSensitiveKind(row.kind) ? row.value : null,
      members: row.members,
      population: row.population,
      atLeast: row.counted === COUNTED_ROWS,
    });
  }
  return found;
}
