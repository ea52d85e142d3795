import type { Transaction } from '@/lib/database/transaction';
import type { LoadedSnapshot } from '../load-snapshot';
import type { LiveBan } from './keep-bans';
import { type Match, matchFingerprints } from './match-fingerprints';

/** Days at the end of the window over which the traffic of what came back is measured. */
const AFTER_DAYS = 7;

/**
 * Finds young accounts that match what a banned cluster was known by, and writes them down with the ban they follow.
 * A dismissed cluster was innocent: nothing is looked for. @returns account keys of everything that regrew, by cluster
 */
export async function findRegrowth(
  tx: Transaction,
  { snapshot, accountKeys, window }: LoadedSnapshot,
  bans: readonly LiveBan[],
): Promise<Map<number, Set<number>>> {
  if (bans.length === 0 || !window) return new Map();
  const frozen = await tx.$queryRaw<{ clusterId: number; valueId: string; kind: string }[]>`
    SELECT f.cluster_id AS "clusterId", f.indicator_id::text AS "valueId", f.kind
    FROM cluster_fingerprint f JOIN cluster c ON c.id = f.cluster_id
    WHERE c.id = ANY(${bans.map((ban) => ban.clusterId)}::int[]) AND c.status <> 'dismissed'`;
  const valuesOf = new Map<number, Map<string, string>>();
  for (const { clusterId, valueId, kind } of frozen) {
    const values = valuesOf.get(clusterId);
    if (values) values.set(valueId, kind);
    else valuesOf.set(clusterId, new Map([[valueId, kind]]));
  }
  const prints = bans.flatMap(({ clusterId, bannedAt }) => {
    const values = valuesOf.get(clusterId);
    return values ? [{ clusterId, bannedAt: bannedAt.getTime(), values }] : [];
  });
  const matches = matchFingerprints(snapshot, prints);
  await writeMatches(tx, matches, accountKeys, bans);
  await measure(tx, bans, window.to);
  return regrownOf(tx, [...valuesOf.keys()]);
}

async function writeMatches(
  tx: Transaction,
  matches: readonly Match[],
  keys: Int32Array,
  bans: readonly LiveBan[],
): Promise<void> {
  const banOf = new Map(bans.map((ban) => [ban.clusterId, ban.banId]));
  await tx.$executeRaw`
    INSERT INTO cluster_regrowth (account_key, cluster_id, ban_id, kinds, seen_at)
    SELECT m.a, m.c, m.b, string_to_array(m.k, ','), to_timestamp(m.s / 1000)
    FROM unnest(${matches.map((m) => keys[m.account] ?? -1)}::int[], ${matches.map((m) => m.clusterId)}::int[],
      ${matches.map((m) => banOf.get(m.clusterId) ?? -1)}::int[], ${matches.map((m) => m.kinds.join(','))}::text[],
      ${matches.map((m) => m.seenAt)}::float8[]) AS m(a, c, b, k, s)
    JOIN account ON account.key = m.a AND account.forgotten_at IS NULL
    ON CONFLICT (account_key, cluster_id) DO UPDATE SET kinds = EXCLUDED.kinds`;
}

/** How many came back after each ban, when the first did, and what they draw now. */
async function measure(tx: Transaction, bans: readonly LiveBan[], to: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE cluster_ban b SET regrown = r.accounts, first_match_at = r.first, regrown_per_day = COALESCE(t.rate, 0)
    FROM (
      SELECT ban_id, count(*)::int AS accounts, min(seen_at) AS first,
        GREATEST(date_trunc('hour', min(seen_at)), ${to}::timestamptz - make_interval(days => ${AFTER_DAYS}::int)) AS from_at
      FROM cluster_regrowth WHERE ban_id = ANY(${bans.map((ban) => ban.banId)}::int[]) GROUP BY 1) r
    LEFT JOIN LATERAL (
      SELECT sum(h.exchanges)::float8 / GREATEST(1, extract(epoch FROM ${to}::timestamptz - r.from_at) / 86400)::float8 AS rate
      FROM cluster_regrowth g JOIN account_hour h ON h.account_key = g.account_key
      WHERE g.ban_id = r.ban_id AND h.hour >= r.from_at) t ON true
    WHERE b.id = r.ban_id`;
}

async function regrownOf(tx: Transaction, clusterIds: number[]): Promise<Map<number, Set<number>>> {
  const rows = await tx.clusterRegrowth.findMany({
    where: { clusterId: { in: clusterIds } },
    select: { clusterId: true, accountKey: true },
  });
  const found = new Map<number, Set<number>>();
  for (const { clusterId, accountKey } of rows) {
    const set = found.get(clusterId);
    if (set) set.add(accountKey);
    else found.set(clusterId, new Set([accountKey]));
  }
  return found;
}
