import type { Transaction } from '@/lib/database/transaction';
import type { LoadedSnapshot } from '../load-snapshot';
import type { KnownCluster } from '../match-clusters';
import { freezeFingerprint } from './freeze-fingerprint';
import { beganAt } from './match-fingerprints';

/** A cluster whose accounts we banned: what is found of it afterwards is told by this ban. */
export interface LiveBan {
  banId: number;
  clusterId: number;
  bannedAt: Date;
}

interface BannedRow {
  clusterId: number;
  banId: number | null;
  bannedAt: Date;
  /** Accounts banned since then, and how many of them are written down. */
  accounts: number;
  written: number | null;
}

/** Days before a ban over which its accounts' traffic is measured. */
const BEFORE_DAYS = 14;

/**
 * Writes down bans of clusters' accounts since the last run and freezes what each cluster would be known by, from its
 * members as they stood until now. A ban that follows regrowth is one of its own; otherwise later ones add to the last.
 * @returns all bans that still hold an account, the latest of each cluster
 */
export async function keepBans(
  tx: Transaction,
  loaded: LoadedSnapshot,
  known: readonly KnownCluster[],
  runId: number,
): Promise<LiveBan[]> {
  const byId = new Map(known.map((cluster) => [cluster.id, cluster]));
  const live: LiveBan[] = [];
  for (const row of await readBanned(tx)) {
    const { clusterId, bannedAt, accounts } = row;
    if (row.banId !== null && row.accounts === row.written) {
      live.push({ banId: row.banId, clusterId, bannedAt });
      continue;
    }
    const figures = { accounts, exchangesPerDay: await exchangesBefore(tx, clusterId, bannedAt) };
    const ban =
      row.banId === null
        ? await tx.clusterBan.create({ data: { clusterId, runId, bannedAt, ...figures } })
        : await tx.clusterBan.update({ where: { id: row.banId }, data: figures });
    await freeze(tx, loaded, byId.get(clusterId)?.members ?? new Set(), ban);
    live.push({ banId: ban.id, clusterId, bannedAt });
  }
  return live;
}

/** Clusters with banned accounts. Those banned after the last ban was seen to regrow are a ban that nobody wrote yet. */
function readBanned(tx: Transaction): Promise<BannedRow[]> {
  return tx.$queryRaw`
    WITH last AS (
      SELECT DISTINCT ON (cluster_id) id, cluster_id, banned_at, reopened_at, accounts FROM cluster_ban
      ORDER BY cluster_id, id DESC),
    banned AS (
      SELECT m.cluster_id, a.enforced_at, last.id AS ban_id, last.accounts AS written, last.banned_at,
        last.id IS NULL OR COALESCE(max(a.enforced_at) OVER (PARTITION BY m.cluster_id) > last.reopened_at, false)
          AS anew,
        last.reopened_at
      FROM account a JOIN cluster_member m ON m.account_key = a.key AND m.role <> 'weak'
      LEFT JOIN last ON last.cluster_id = m.cluster_id
      WHERE a.enforced_status = 'banned' AND a.enforced_at IS NOT NULL)
    SELECT cluster_id AS "clusterId", CASE WHEN NOT anew THEN ban_id END AS "banId",
      CASE WHEN anew THEN min(enforced_at) FILTER (WHERE reopened_at IS NULL OR enforced_at > reopened_at)
        ELSE banned_at END AS "bannedAt",
      (count(*) FILTER (WHERE CASE WHEN anew THEN reopened_at IS NULL OR enforced_at > reopened_at
        ELSE enforced_at >= banned_at END))::int AS accounts,
      CASE WHEN NOT anew THEN written END AS written
    FROM banned GROUP BY cluster_id, anew, ban_id, banned_at, reopened_at, written ORDER BY cluster_id`;
}

/** Exchanges a day of the accounts of a ban, over the last fortnight of their traffic before it. */
async function exchangesBefore(tx: Transaction, clusterId: number, bannedAt: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ rate: number | null }[]>`
    WITH banned AS MATERIALIZED (
      SELECT a.key, a.last_seen_at FROM cluster_member m JOIN account a ON a.key = m.account_key
      WHERE m.cluster_id = ${clusterId} AND m.role <> 'weak' AND a.enforced_status = 'banned'
        AND a.enforced_at >= ${bannedAt}),
    span AS (
      SELECT LEAST(${bannedAt}::timestamptz, max(last_seen_at) + interval '1 hour') AS until FROM banned)
    SELECT sum(h.exchanges)::float8 / GREATEST(1, extract(epoch FROM span.until - min(h.hour)) / 86400)::float8 AS rate
    FROM span CROSS JOIN banned JOIN account_hour h ON h.account_key = banned.key
    WHERE h.hour >= span.until - make_interval(days => ${BEFORE_DAYS}::int) AND h.hour < span.until
    GROUP BY span.until`;
  return row?.rate ?? 0;
}

async function freeze(
  tx: Transaction,
  { snapshot, accountKeys }: LoadedSnapshot,
  memberKeys: ReadonlySet<number>,
  { clusterId, bannedAt }: { clusterId: number; bannedAt: Date },
): Promise<void> {
  const members = new Set<number>();
  accountKeys.forEach((key, account) => {
    if (memberKeys.has(key) && !(beganAt(snapshot, account) > bannedAt.getTime())) members.add(account);
  });
  const values = freezeFingerprint(
    snapshot,
    members,
    (account) => !(beganAt(snapshot, account) > bannedAt.getTime()),
  );
  await tx.$executeRaw`
    INSERT INTO cluster_fingerprint (cluster_id, indicator_id, kind, members, population)
    SELECT ${clusterId}::int, v.id, v.kind, v.members, v.population
    FROM unnest(${values.map((v) => v.valueId)}::text[]::bigint[], ${values.map((v) => v.kind)}::text[],
      ${values.map((v) => v.members)}::int[], ${values.map((v) => v.population)}::int[])
      AS v(id, kind, members, population)
    ON CONFLICT (cluster_id, indicator_id) DO NOTHING`;
}
