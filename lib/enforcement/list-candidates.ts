import { isPaying } from '@/lib/clusters/rules';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import type { Candidate } from './choose-accounts';
import { OLD_DAYS } from './rules';

/** Holders outside the cluster from which on an address is a shared network: a campus, a VPN exit, a carrier. */
const SHARED_FROM = 10;

type Row = Omit<Candidate, 'monthlySpendUsd' | 'paying'> & {
  monthlySpendUsd: number | null;
  lastPaidAt: Date | null;
  windowTo: Date;
};

/**
 * All members of a cluster but forgotten ones, with what decides whether they are hit. "Paying" (spends, or paid in the last 60 days) and
 * "old" (made more than 180 days ago) count back from the end of the window that detection saw, never from the clock.
 * @throws AppError not_found
 */
export async function listCandidates(tx: Transaction, clusterId: number): Promise<Candidate[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH latest AS (
      SELECT COALESCE(r.window_to, now()) AS at FROM cluster c JOIN detection_run r ON r.id = c.run_id
      WHERE c.id = ${clusterId}
    )
    SELECT a.key AS "accountKey", a.id AS "accountId", m.role::text AS role, m.strength, m.kinds,
      COALESCE(a.enforced_status, a.reported_status)::text AS state,
      a.last_paid_at AS "lastPaidAt", latest.at AS "windowTo",
      a.verified_organization AS verified, a.enterprise,
      COALESCE(a.created_at < latest.at - make_interval(days => ${OLD_DAYS}::int), false) AS old,
      a.monthly_spend_usd AS "monthlySpendUsd", false AS "sharedNetwork"
    FROM cluster_member m JOIN account a ON a.key = m.account_key CROSS JOIN latest
    WHERE m.cluster_id = ${clusterId} AND a.forgotten_at IS NULL`;
  if (rows.length === 0) {
    const cluster = await tx.cluster.findUnique({ where: { id: clusterId }, select: { id: true } });
    if (!cluster)
      throw new AppError('not_found', `There is no cluster CL-${clusterId}. Open it from the list again.`);
  }
  const shared = await sharedNetworkKeys(tx, clusterId);
  return rows.map(({ lastPaidAt, windowTo, monthlySpendUsd, ...row }) => ({
    ...row,
    monthlySpendUsd: monthlySpendUsd ?? 0,
    paying: isPaying({ lastPaidAt, monthlySpendUsd }, windowTo),
    sharedNetwork: shared.has(row.accountKey),
  }));
}

async function sharedNetworkKeys(tx: Transaction, clusterId: number): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ key: number }[]>`
    WITH mine AS (
      SELECT DISTINCT ai.account_key, ai.indicator_id
      FROM cluster_member m
      JOIN account_indicator ai ON ai.account_key = m.account_key
      JOIN indicator i ON i.id = ai.indicator_id AND i.kind = 'ip'
      WHERE m.cluster_id = ${clusterId}
    ), shared AS (
      SELECT ai.indicator_id
      FROM account_indicator ai
      LEFT JOIN cluster_member m ON m.cluster_id = ${clusterId} AND m.account_key = ai.account_key
      WHERE ai.indicator_id IN (SELECT indicator_id FROM mine) AND m.account_key IS NULL
      GROUP BY ai.indicator_id
      HAVING count(DISTINCT ai.account_key) >= ${SHARED_FROM}
    )
    SELECT DISTINCT mine.account_key AS key FROM mine JOIN shared USING (indicator_id)`;
  return new Set(rows.map((row) => row.key));
}
