/** What a cluster's network is made of: its members, its strongest values, and who holds which. */

import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { detectionKind } from '@/lib/detection/kinds';
import { AppError } from '@/lib/errors';
import { clusterRef } from '../rules';
import type { EvidenceValue, MemberRole } from '../schema';
import type { NetworkMember, NetworkValue } from './choose-values';
import type { NetworkInput } from './group-network';

/** Values whose links are read; the evidence rows hold the strongest of each kind. */
const VALUES = 90;

/**
 * Values come from the kept evidence, so that a cluster of 20,000 accounts costs one pass over the links of at most
 * 90 values. `totals`: how many values of each kind the cluster has, read here or not.
 * @throws AppError forbidden, not_found
 */
export async function readNetworkInput(
  actor: Actor,
  id: number,
): Promise<{ input: NetworkInput; totals: Map<string, number> }> {
  requireRight(actor, 'desk.read_sensitive');
  const cluster = await database().cluster.findUnique({
    where: { id },
    select: {
      run: { select: { accounts: true } },
      evidence: { select: { kind: true, valueCount: true, values: true }, orderBy: { points: 'desc' } },
    },
  });
  if (!cluster)
    throw new AppError('not_found', `There is no cluster ${clusterRef(id)}. Open it from the list again.`);
  await noteRead(actor, { type: 'cluster', id: clusterRef(id) });
  const strongest = strongestValues(cluster.evidence);
  const [members, holders] = await Promise.all([readMembers(id, strongest), countHolders(strongest)]);
  const values = strongest.map((value) => {
    const population = holders.get(value.id);
    if (population === undefined) return value;
    return { ...value, population, expected: (members.length * population) / cluster.run.accounts };
  });
  return {
    input: { values, members },
    totals: new Map(cluster.evidence.map((row) => [row.kind, row.valueCount])),
  };
}

/** Round by round through the kinds, so that each has its strongest. An address is one value here, whatever the day. */
function strongestValues(evidence: readonly { kind: string; values: unknown }[]): NetworkValue[] {
  const kinds = evidence.map((row) => ({ kind: row.kind, values: row.values as EvidenceValue[] }));
  const found = new Map<string, NetworkValue>();
  const longest = Math.max(0, ...kinds.map((row) => row.values.length));
  for (let rank = 0; rank < longest && found.size < VALUES; rank++) {
    for (const { kind, values } of kinds) {
      const value = values[rank];
      if (!value?.indicatorId) continue;
      if (found.has(value.indicatorId) || found.size === VALUES) continue;
      const { indicatorId: id, population, expected } = value;
      const text = detectionKind(kind).perDay
        ? value.value.replace(/ on \d{4}-\d{2}-\d{2}$/, '')
        : value.value;
      found.set(id, { id, kind, value: text, population, expected });
    }
  }
  return [...found.values()];
}

/** Accounts that hold a value of a per-day kind on any day: the evidence knows them day by day only. */
async function countHolders(values: readonly NetworkValue[]): Promise<Map<string, number>> {
  const ids = values.filter(({ kind }) => detectionKind(kind).perDay).map(({ id }) => id);
  const { rows } = await pool().query<[string, number]>({
    rowMode: 'array',
    text: `SELECT indicator_id::text, count(DISTINCT account_key)::int
           FROM account_indicator WHERE indicator_id = ANY($1::bigint[]) GROUP BY indicator_id`,
    values: [ids],
  });
  return new Map(rows);
}

/**
 * Every member with the values it holds. One bit a value, joined by OR in a hash: a distinct list for each account
 * would sort a million links of a large cluster.
 */
async function readMembers(id: number, values: readonly NetworkValue[]): Promise<NetworkMember[]> {
  const { rows } = await pool().query<[string, string | null, MemberRole, number, string | null]>({
    rowMode: 'array',
    text: `WITH chosen AS MATERIALIZED (
             SELECT v.id, set_bit(0::bit(${VALUES}), (v.position - 1)::int, 1) AS bit
             FROM unnest($2::bigint[]) WITH ORDINALITY AS v(id, position)),
           held AS (
             SELECT l.account_key, bit_or(c.bit)::text AS bits
             FROM chosen c
             JOIN account_indicator l ON l.indicator_id = c.id
             JOIN cluster_member m ON m.cluster_id = $1 AND m.account_key = l.account_key
             GROUP BY l.account_key)
           SELECT a.id, a.display_name, m.role::text, m.strength, h.bits
           FROM cluster_member m
           JOIN account a ON a.key = m.account_key
           LEFT JOIN held h ON h.account_key = m.account_key
           WHERE m.cluster_id = $1`,
    values: [id, values.map((value) => value.id)],
  });
  return rows.map(([accountId, name, role, strength, bits]) => ({
    accountId,
    name,
    role,
    strength,
    values: bits === null ? [] : positionsOf(bits),
  }));
}

function positionsOf(bits: string): number[] {
  const positions: number[] = [];
  for (let at = bits.indexOf('1'); at >= 0; at = bits.indexOf('1', at + 1)) positions.push(at);
  return positions;
}
