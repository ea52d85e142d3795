/** The values that a campaign's accounts share, with who else holds them: what of them may leave, and what stays. */
import { z } from 'zod';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { findListed } from '@/lib/infrastructure/find-listed';
import { namesSomebody } from './check-text';
import { isSimulated } from './is-simulated';
import { isAskable, type LeftOut, type LeftOutReason, type ShareOptions } from './share-schema';
import type { SharedValue } from './stix/material';
import {
  isCommonAgent,
  isHashableKind,
  isPlainKind,
  objectionToAddress,
  objectionToValue,
} from './stix/value-rules';

export interface ReadValues {
  values: SharedValue[];
  leftOut: LeftOut[];
}

/** Examples that are kept of what stays for one reason. */
const EXAMPLES = 200;

const storedIds = z.array(z.object({ indicatorId: z.string().default('') }));

/** What of the clusters' shared values leaves under these options, and what stays and why. */
export async function readValues(
  clusterIds: readonly number[],
  { hashed, also = [], without = [] }: Omit<ShareOptions, 'subject' | 'tlp'>,
): Promise<ReadValues> {
  const evidence = await database().evidence.findMany({
    where: { clusterId: { in: [...clusterIds] } },
    select: { kind: true, values: true },
  });
  const leftOut = new Map<string, LeftOut>();
  const leave = (kind: string, reason: LeftOutReason, held?: Held, values = 1) => {
    const key = `${kind} ${reason}`;
    const row = leftOut.get(key) ?? { kind, reason, values: 0, examples: [] };
    leftOut.set(key, row);
    row.values += values;
    if (!held || row.examples.length >= EXAMPLES || !isPlainKind(kind)) return;
    const { id, value, members, population } = held;
    row.examples.push({ id, value, members, population });
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
    else if (ids.size > 0)
      leave(kind, isHashableKind(kind) ? 'not_chosen' : 'never_leaves', undefined, ids.size);
  }
  const rows = await countHolders([...wanted.keys()], clusterIds);
  const seen = new Set(rows.map(({ id }) => id));
  for (const [id, kind] of wanted) if (!seen.has(id)) leave(kind, 'not_seen');
  const plain = rows.filter(({ kind }) => isPlainKind(kind));
  const [named, listed, simulated] = await Promise.all([
    namesSomebody(plain.filter(({ kind }) => kind === 'user_agent').map(({ value }) => value)),
    findListed(plain, new Date()),
    isSimulated(),
  ]);
  const values: SharedValue[] = [];
  const objectionTo = (row: Held): LeftOutReason | null => {
    const address = objectionToAddress(row.kind, row.value);
    const never =
      (address === 'too_wide' ? address : null) ??
      objectionToValue(row) ??
      (named.has(row.value) ? 'names_somebody' : null);
    if (never) return never;
    if (without.includes(row.id)) return 'taken_out';
    if (also.includes(row.id)) return null;
    if (address && !simulated) return address;
    if (row.kind === 'user_agent' && isCommonAgent(row.value)) return 'common_agent';
    return listed.has(row) ? 'listed' : null;
  };
  for (const row of rows) {
    const { kind, ...held } = row;
    if (!isPlainKind(kind) && !isHashableKind(kind)) continue;
    const objection = objectionTo(row);
    if (objection) leave(kind, objection, row);
    else values.push({ kind, ...held });
  }
  return { values, leftOut: [...leftOut.values()] };
}

/** What is kept of it for good: the values themselves only where somebody could have let them leave. */
export function withoutPrivate(leftOut: readonly LeftOut[]): LeftOut[] {
  return leftOut.map((row) => (isAskable(row.reason) ? row : { ...row, examples: [] }));
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
       SELECT indicator_id, account_key, min(day) AS first, max(day) AS last, sum(count)::float8 AS times
       FROM account_indicator WHERE indicator_id = ANY($1::bigint[]) GROUP BY 1, 2),
     everybody AS (SELECT indicator_id, count(*)::int AS population FROM held GROUP BY 1),
     member AS (SELECT account_key, cluster_id FROM cluster_member WHERE cluster_id = ANY($2::int[]) AND role <> 'weak'),
     shown AS (
       SELECT indicator_id, array_agg(DISTINCT cluster_id ORDER BY cluster_id) AS clusters
       FROM held JOIN member USING (account_key) GROUP BY 1),
     ours AS (
       SELECT indicator_id, count(*)::int AS members, sum(times) AS observations, min(first) AS first, max(last) AS last
       FROM held WHERE account_key IN (SELECT account_key FROM member) GROUP BY 1)
     SELECT i.id::text AS id, i.kind, i.value, s.clusters AS "clusterIds", o.members, e.population, o.observations,
       o.first::timestamp AT TIME ZONE 'UTC' AS "firstDay", o.last::timestamp AT TIME ZONE 'UTC' AS "lastDay"
     FROM ours o JOIN shown s USING (indicator_id) JOIN everybody e USING (indicator_id)
       JOIN indicator i ON i.id = o.indicator_id
     ORDER BY i.kind COLLATE "C", i.value COLLATE "C"`,
    [ids, clusterIds],
  );
  return rows;
}
