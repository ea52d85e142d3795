/** The accounts that a list could hold, each with what decides whether it is hit and what that would cost. */
import { type Reviewed, readVerdicts } from '@/lib/clusters/review/read-verdicts';
import { isPaying } from '@/lib/clusters/rules';
import { Prisma } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import type { Candidate } from './choose-accounts';
import { OLD_DAYS } from './rules';

/** Holders elsewhere from which on an address is a shared network: a campus, a VPN exit, a carrier. */
const SHARED_FROM = 10;

type Row = Omit<Candidate, 'monthlySpendUsd' | 'paying' | 'sharedNetwork' | 'reviewed' | 'verdict'> & {
  monthlySpendUsd: number | null;
  lastPaidAt: Date | null;
  windowTo: Date;
};

/** What is read of an account `a`; "old" counts back from `latest.at`, the end of the window that detection saw. */
const ACCOUNT = Prisma.sql`
  a.key AS "accountKey", a.id AS "accountId", COALESCE(a.enforced_status, a.reported_status)::text AS state,
  a.last_paid_at AS "lastPaidAt", latest.at AS "windowTo", a.verified_organization AS verified, a.enterprise,
  COALESCE(a.created_at < latest.at - make_interval(days => ${OLD_DAYS}::int), false) AS old,
  a.monthly_spend_usd AS "monthlySpendUsd", a.exchanges::float8 AS exchanges,
  ARRAY(SELECT countermeasure FROM account_countermeasure x WHERE x.account_key = a.key) AS countermeasures,
  (SELECT h.kind::text FROM account_hold h WHERE h.account_key = a.key AND h.ended_at IS NULL
    AND (h.expires_at IS NULL OR h.expires_at > now()) ORDER BY h.kind DESC LIMIT 1) AS held`;

/**
 * All members of a cluster but forgotten ones. "Paying" (spends, or paid in the last 60 days) and "old" (made more than 180 days ago) count
 * back from the end of the window that detection saw, never from the clock. @throws AppError not_found
 */
export async function listCandidates(tx: Transaction, clusterId: number): Promise<Candidate[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH latest AS (
      SELECT COALESCE(r.window_to, now()) AS at FROM cluster c JOIN detection_run r ON r.id = c.run_id
      WHERE c.id = ${clusterId}
    )
    SELECT ${ACCOUNT}, m.role::text AS role, m.strength, m.kinds, c.id AS "clusterId", c.quadrant::text AS quadrant,
      m.role <> 'weak' AS confirmed
    FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id JOIN account a ON a.key = m.account_key
      CROSS JOIN latest
    WHERE m.cluster_id = ${clusterId} AND a.forgotten_at IS NULL`;
  if (rows.length === 0) {
    const cluster = await tx.cluster.findUnique({ where: { id: clusterId }, select: { id: true } });
    if (!cluster)
      throw new AppError('not_found', `There is no cluster CL-${clusterId}. Open it from the list again.`);
  }
  return toCandidates(tx, rows);
}

/**
 * These accounts, each by the membership that says most for acting on it: in a confirmed cluster before any other,
 * core before ordinary before weak, the strongest. An account in no cluster has no role and a strength of 0.
 */
export async function candidatesOf(tx: Transaction, keys: readonly number[]): Promise<Candidate[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH latest AS (
      SELECT COALESCE((SELECT window_to FROM detection_run ORDER BY id DESC LIMIT 1), now()) AS at
    )
    SELECT ${ACCOUNT}, m.role::text AS role, COALESCE(m.strength, 0) AS strength, COALESCE(m.kinds, '{}') AS kinds,
      m.cluster_id AS "clusterId", m.quadrant::text AS quadrant, COALESCE(m.confirmed, false) AS confirmed
    FROM unnest(${keys}::int[]) AS named (key) JOIN account a ON a.key = named.key CROSS JOIN latest
    LEFT JOIN LATERAL (
      SELECT m.role, m.strength, m.kinds, m.cluster_id, c.quadrant,
        c.status = 'confirmed' AND m.role <> 'weak' AS confirmed
      FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id
      WHERE m.account_key = a.key AND c.status <> 'dismissed'
      ORDER BY (c.status = 'confirmed' AND m.role <> 'weak') DESC, m.role, m.strength DESC, c.id LIMIT 1
    ) m ON true
    WHERE a.forgotten_at IS NULL`;
  return toCandidates(tx, rows);
}

async function toCandidates(tx: Transaction, rows: readonly Row[]): Promise<Candidate[]> {
  const [shared, verdicts] = await Promise.all([
    sharedNetworkKeys(
      tx,
      rows.map((row) => row.accountKey),
    ),
    readVerdicts(tx, [...new Set(rows.flatMap((row) => row.clusterId ?? []))]),
  ]);
  return rows.map(({ lastPaidAt, windowTo, monthlySpendUsd, ...row }) => ({
    ...row,
    monthlySpendUsd: monthlySpendUsd ?? 0,
    paying: isPaying({ lastPaidAt, monthlySpendUsd }, windowTo),
    sharedNetwork: shared.has(row.accountKey),
    ...reviewOf(row, verdicts),
  }));
}

function reviewOf(
  { clusterId, accountKey }: Pick<Row, 'clusterId' | 'accountKey'>,
  verdicts: Reviewed,
): Pick<Candidate, 'reviewed' | 'verdict'> {
  const judged = clusterId === null ? undefined : verdicts.clusters.get(clusterId);
  if (clusterId === null || !judged) return {};
  const verdict = verdicts.accounts.get(accountKey);
  return { reviewed: { clusterId, judged }, ...(verdict && { verdict }) };
}

/** Those of the accounts that were seen on an address which many accounts use that are not among them. */
async function sharedNetworkKeys(tx: Transaction, keys: readonly number[]): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ key: number }[]>`
    WITH inside AS MATERIALIZED (SELECT unnest(${keys}::int[]) AS key),
    mine AS MATERIALIZED (
      SELECT DISTINCT ai.account_key, ai.indicator_id
      FROM inside JOIN account_indicator ai ON ai.account_key = inside.key
      JOIN indicator i ON i.id = ai.indicator_id AND i.kind = 'ip'
    ), shared AS (
      SELECT ai.indicator_id
      FROM (SELECT DISTINCT indicator_id FROM mine) v JOIN account_indicator ai USING (indicator_id)
      LEFT JOIN inside ON inside.key = ai.account_key
      WHERE inside.key IS NULL
      GROUP BY ai.indicator_id
      HAVING count(DISTINCT ai.account_key) >= ${SHARED_FROM}
    )
    SELECT DISTINCT mine.account_key AS key FROM mine JOIN shared USING (indicator_id)`;
  return new Set(rows.map((row) => row.key));
}
