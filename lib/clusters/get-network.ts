import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { AppError } from '@/lib/errors';
import { buildNetwork } from './network/build-network';
import type { NetworkMember, NetworkValue } from './network/choose-values';
import { clusterRef } from './rules';
import type { EvidenceValue, MemberRole, NetworkGraph } from './schema';

/** Values whose links are read; the evidence rows hold the strongest of each kind. */
const VALUES = 90;

/**
 * A cluster's network, small enough to draw. Values come from the kept evidence, so that a cluster of 20,000
 * accounts costs one pass over the links of at most 90 values.
 * @param options.expand id of a folded group to draw account by account; an unknown one is as none
 * @throws AppError forbidden, not_found
 */
export async function getNetwork(
  actor: Actor,
  id: number,
  options: { expand?: string } = {},
): Promise<NetworkGraph> {
  requireRight(actor, 'desk.read_sensitive');
  const cluster = await database().cluster.findUnique({
    where: { id },
    select: {
      evidence: { select: { kind: true, valueCount: true, values: true }, orderBy: { points: 'desc' } },
    },
  });
  if (!cluster)
    throw new AppError('not_found', `There is no cluster ${clusterRef(id)}. Open it from the list again.`);
  const values = strongestValues(cluster.evidence);
  const members = await readMembers(id, values);
  const totals = new Map(cluster.evidence.map((row) => [row.kind, row.valueCount]));
  return buildNetwork({ values, members }, totals, options);
}

/** Round by round through the kinds, so that each has its strongest. An address on two days is one value here. */
function strongestValues(evidence: readonly { kind: string; values: unknown }[]): NetworkValue[] {
  const kinds = evidence.map((row) => ({ kind: row.kind, values: row.values as EvidenceValue[] }));
  const found = new Map<string, NetworkValue>();
  const longest = Math.max(0, ...kinds.map((row) => row.values.length));
  for (let rank = 0; rank < longest && found.size < VALUES; rank++) {
    for (const { kind, values } of kinds) {
      const value = values[rank];
      if (!value?.indicatorId) continue;
      const known = found.get(value.indicatorId);
      if (known) {
        known.population = Math.max(known.population, value.population);
        known.expected = Math.max(known.expected, value.expected);
      } else if (found.size < VALUES) {
        const { population, expected } = value;
        found.set(value.indicatorId, {
          id: value.indicatorId,
          kind,
          value: value.value.replace(/ on \d{4}-\d{2}-\d{2}$/, ''),
          population,
          expected,
        });
      }
    }
  }
  return [...found.values()];
}

async function readMembers(id: number, values: readonly NetworkValue[]): Promise<NetworkMember[]> {
  const { rows } = await pool().query<[string, string | null, MemberRole, number, number[] | null]>({
    rowMode: 'array',
    text: `WITH held AS (
             SELECT l.account_key, array_agg(DISTINCT v.position::int - 1) AS positions
             FROM unnest($2::bigint[]) WITH ORDINALITY AS v(id, position)
             JOIN account_indicator l ON l.indicator_id = v.id
             JOIN cluster_member m ON m.cluster_id = $1 AND m.account_key = l.account_key
             GROUP BY l.account_key)
           SELECT a.id, a.display_name, m.role::text, m.strength, h.positions
           FROM cluster_member m
           JOIN account a ON a.key = m.account_key
           LEFT JOIN held h ON h.account_key = m.account_key
           WHERE m.cluster_id = $1`,
    values: [id, values.map((value) => value.id)],
  });
  return rows.map(([accountId, name, role, strength, positions]) => ({
    accountId,
    name,
    role,
    strength,
    values: positions ?? [],
  }));
}
