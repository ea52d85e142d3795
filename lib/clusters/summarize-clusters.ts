/** What a cluster's row and timeline show, computed once a run from the rollups. */
import type { Transaction } from '@/lib/database/transaction';

const DAY_MS = 86_400_000;
/** Days of the sparkline, and how long a payment makes an account a paying one. */
const SPARK_DAYS = 30;
const PAYING_DAYS = 60;

/**
 * Rewrites cluster_hour and benign_hour and the clusters' figures.
 * @param window the run's span; null when nothing is stored, and nothing is written then.
 */
export async function summarizeClusters(
  tx: Transaction,
  ids: readonly number[],
  window: { from: Date; to: Date } | null,
  runId: number,
): Promise<void> {
  await tx.clusterHour.deleteMany({ where: { clusterId: { in: [...ids] } } });
  await tx.benignHour.deleteMany();
  if (!window) return;
  await writeHours(tx, ids, window.from);
  await countBenign(tx, window.from, runId);
  await writeFigures(tx, ids, window.to, runId);
}

async function writeHours(tx: Transaction, ids: readonly number[], from: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO cluster_hour (cluster_id, hour, class, exchanges, input_tokens, output_tokens)
    SELECT m.cluster_id, h.hour, h.class, sum(h.exchanges), sum(h.input_tokens), sum(h.output_tokens)
    FROM cluster_member m JOIN account_hour h ON h.account_key = m.account_key
    WHERE m.cluster_id = ANY(${[...ids]}::int[]) AND m.role <> 'weak' AND h.hour >= ${from}
    GROUP BY 1, 2, 3`;
  await tx.$executeRaw`
    INSERT INTO benign_hour (hour, exchanges, output_tokens)
    SELECT h.hour, sum(h.exchanges), sum(h.output_tokens)
    FROM account_hour h
    WHERE h.hour >= ${from} AND NOT EXISTS (
      SELECT FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id AND c.active AND c.status <> 'dismissed'
      WHERE m.account_key = h.account_key)
    GROUP BY 1`;
}

/** Accounts outside every cluster that stands: those whose traffic benign_hour sums. */
async function countBenign(tx: Transaction, from: Date, runId: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE detection_run SET benign_accounts = (
      SELECT count(*) FROM account a
      WHERE GREATEST(a.last_seen_at, a.created_at) >= ${from} AND NOT EXISTS (
        SELECT FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id AND c.active AND c.status <> 'dismissed'
        WHERE m.account_key = a.key))
    WHERE id = ${runId}`;
}

async function writeFigures(tx: Transaction, ids: readonly number[], to: Date, runId: number): Promise<void> {
  const sparkFrom = new Date(Math.floor(to.getTime() / DAY_MS) * DAY_MS - (SPARK_DAYS - 1) * DAY_MS);
  const payingFrom = new Date(to.getTime() - PAYING_DAYS * DAY_MS);
  await tx.$executeRaw`
    WITH member AS (
      SELECT m.cluster_id, m.joined_run_id, a.* FROM cluster_member m JOIN account a ON a.key = m.account_key
      WHERE m.cluster_id = ANY(${[...ids]}::int[]) AND m.role <> 'weak'),
    people AS (
      SELECT cluster_id,
        count(*) FILTER (WHERE joined_run_id = ${runId}) AS joined,
        count(*) FILTER (WHERE last_paid_at >= ${payingFrom} OR monthly_spend_usd > 0) AS paying,
        min(LEAST(first_seen_at, created_at)) AS first_seen, max(last_seen_at) AS last_seen
      FROM member GROUP BY 1),
    traffic AS (
      SELECT cluster_id, sum(exchanges) AS exchanges, sum(output_tokens) AS output_tokens
      FROM cluster_hour WHERE cluster_id = ANY(${[...ids]}::int[]) GROUP BY 1),
    active AS (
      SELECT m.cluster_id, count(DISTINCT (b.account_key, b.day)) AS days
      FROM member m JOIN account_bins b ON b.account_key = m.key GROUP BY 1),
    days AS (
      SELECT cluster_id, (hour AT TIME ZONE 'UTC')::date AS day, sum(exchanges) AS exchanges
      FROM cluster_hour WHERE cluster_id = ANY(${[...ids]}::int[]) AND hour >= ${sparkFrom} GROUP BY 1, 2),
    spark AS (
      SELECT c.id AS cluster_id, array_agg(COALESCE(d.exchanges, 0)::int ORDER BY s.day) AS spark
      FROM cluster c
      CROSS JOIN (SELECT (${sparkFrom}::timestamptz AT TIME ZONE 'UTC')::date + n AS day
                  FROM generate_series(0, ${SPARK_DAYS - 1}::int) AS n) s
      LEFT JOIN days d ON d.cluster_id = c.id AND d.day = s.day
      WHERE c.id = ANY(${[...ids]}::int[]) GROUP BY 1)
    UPDATE cluster SET
      joined = p.joined, paying_accounts = p.paying, first_seen_at = p.first_seen, last_seen_at = p.last_seen,
      exchanges = COALESCE(t.exchanges, 0), output_tokens = COALESCE(t.output_tokens, 0),
      daily_rate = CASE WHEN a.days > 0 THEN t.exchanges::float8 / a.days ELSE 0 END,
      spark = s.spark
    FROM people p
    LEFT JOIN traffic t USING (cluster_id) LEFT JOIN active a USING (cluster_id) LEFT JOIN spark s USING (cluster_id)
    WHERE cluster.id = p.cluster_id`;
}
