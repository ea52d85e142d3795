/** The values that a campaign's accounts share, with who else holds them: what of them may leave, and what stays. */
import { z } from 'zod';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { namesSomebody } from './check-text';
import type { HashableKind } from './share-schema';
import type { SharedValue } from './stix/material';
import { isHashableKind, isPlainKind, objectionToValue } from './stix/value-rules';

/** Why values stay. */
type LeftOutReason =
  | 'one_account'
  | 'held_by_others'
  | 'not_chosen'
  | 'never_leaves'
  | 'names_somebody'
  | 'not_seen';

export interface ReadValues {
  values: SharedValue[];
  leftOut: { kind: string; reason: LeftOutReason; values: number }[];
}

const storedIds = z.array(z.object({ indicatorId: z.string().default('') }));

/** @param hashed kinds whose values leave as keyed hashes */
export async function readValues(
  clusterIds: readonly number[],
  hashed: readonly HashableKind[],
): Promise<ReadValues> {
  const evidence = await database().evidence.findMany({
    where: { clusterId: { in: [...clusterIds] } },
    select: { kind: true, values: true },
  });
  const leftOut = new Map<string, { kind: string; reason: LeftOutReason; values: number }>();
  const leave = (kind: string, reason: LeftOutReason, values = 1) => {
    const row = leftOut.get(`${kind} ${reason}`);
    if (row) row.values += values;
    else leftOut.set(`${kind} ${reason}`, { kind, reason, values });
  };
  const wanted = new Map<string, string>();
  for (const { kind, values } of evidence) {
    const ids = new Set(
      storedIds
        .parse(values)
        .map(({ indicatorId }) => indicatorId)
        .filter((id) => id !== ''),
    );
    if (isPlainKind(kind) || (isHashableKind(kind) && hashed.includes(kind)))
      for (const id of ids) wanted.set(id, kind);
    else if (ids.size > 0) leave(kind, isHashableKind(kind) ? 'not_chosen' : 'never_leaves', ids.size);
  }
  const rows = await countHolders([...wanted.keys()], clusterIds);
  for (const [id, kind] of wanted) if (!rows.some((row) => row.id === id)) leave(kind, 'not_seen');
  const values: SharedValue[] = [];
  const named = await namesSomebody(
    rows.filter(({ kind }) => kind === 'user_agent').map(({ value }) => value),
  );
  for (const { id: _, kind, ...row } of rows) {
    if (!isPlainKind(kind) && !isHashableKind(kind)) continue;
    const objection =
      objectionToValue(row) ?? (kind === 'user_agent' && named.has(row.value) ? 'names_somebody' : null);
    if (objection) leave(kind, objection);
    else values.push({ kind, ...row });
  }
  return { values, leftOut: [...leftOut.values()] };
}

interface Held extends Omit<SharedValue, 'kind'> {
  id: string;
  kind: string;
}

/** In the order of kind and value, so that the same values give the same bundle. */
async function countHolders(ids: readonly string[], clusterIds: readonly number[]): Promise<Held[]> {
  if (ids.length === 0) return [];
  const { rows } = await pool().query<Held>(
    `WITH held AS (
       SELECT indicator_id, account_key, min(day) AS first, max(day) AS last
       FROM account_indicator WHERE indicator_id = ANY($1::bigint[]) GROUP BY 1, 2),
     everybody AS (SELECT indicator_id, count(*)::int AS population FROM held GROUP BY 1),
     ours AS (
       SELECT h.indicator_id, count(DISTINCT h.account_key)::int AS members,
         array_agg(DISTINCT m.cluster_id ORDER BY m.cluster_id) AS clusters, min(h.first) AS first, max(h.last) AS last
       FROM held h JOIN cluster_member m ON m.account_key = h.account_key
       WHERE m.cluster_id = ANY($2::int[]) AND m.role <> 'weak' GROUP BY 1)
     SELECT i.id::text AS id, i.kind, i.value, o.clusters AS "clusterIds", o.members, e.population,
       o.first::timestamp AT TIME ZONE 'UTC' AS "firstDay", o.last::timestamp AT TIME ZONE 'UTC' AS "lastDay"
     FROM ours o JOIN everybody e USING (indicator_id) JOIN indicator i ON i.id = o.indicator_id
     ORDER BY i.kind COLLATE "C", i.value COLLATE "C"`,
    [ids, clusterIds],
  );
  return rows;
}
