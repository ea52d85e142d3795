/** What finished reviews found, for estimates of whole lists. */
import type { Transaction } from '@/lib/database/transaction';
import type { Judged } from '../review-rules';
import type { ReviewVerdict } from '../review-schema';

export interface Reviewed {
  /** By cluster: verdicts on sampled accounts that are still its members, the last one of each. */
  clusters: Map<number, Judged>;
  /** By account key: the last verdict on it in one of these clusters. */
  accounts: Map<number, ReviewVerdict>;
}

export async function readVerdicts(tx: Transaction, clusterIds: readonly number[]): Promise<Reviewed> {
  const rows = await tx.$queryRaw<{ clusterId: number; accountKey: number; verdict: ReviewVerdict }[]>`
    SELECT DISTINCT ON (r.cluster_id, i.account_key) r.cluster_id AS "clusterId", i.account_key AS "accountKey",
      i.verdict::text AS verdict
    FROM review r JOIN review_item i ON i.review_id = r.id AND i.inside AND i.verdict IS NOT NULL
    JOIN cluster_member m ON m.cluster_id = r.cluster_id AND m.account_key = i.account_key AND m.role <> 'weak'
    WHERE r.cluster_id = ANY(${[...clusterIds]}::int[]) AND r.finished_at IS NOT NULL
    ORDER BY r.cluster_id, i.account_key, r.id DESC`;
  const clusters = new Map<number, Judged>();
  for (const { clusterId, verdict } of rows) {
    const judged = clusters.get(clusterId) ?? { belongs: 0, doesNot: 0, cannotTell: 0 };
    if (verdict === 'belongs') judged.belongs++;
    else if (verdict === 'does_not') judged.doesNot++;
    else judged.cannotTell++;
    clusters.set(clusterId, judged);
  }
  return { clusters, accounts: new Map(rows.map((row) => [row.accountKey, row.verdict])) };
}
