import { Prisma } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import type { SourceDetail } from './find-source';

export interface Drift {
  /** Accounts that joined the list's cluster, or were seen with its indicator, and are not on the list. */
  joined: number;
  /** Accounts of the list that the cluster which spoke for them no longer holds. */
  left: number;
  /** False when nobody can join: the list was made by hand. */
  open: boolean;
}

/** How the world moved on since a list was frozen. */
export async function readDrift(
  tx: Transaction,
  proposal: { id: number; clusterId: number | null; sourceDetail: unknown; proposedAt: Date; action: string },
): Promise<Drift> {
  const { id, clusterId } = proposal;
  const { indicatorId } = proposal.sourceDetail as SourceDetail;
  if (proposal.action === 'restore') return { joined: 0, left: 0, open: false };
  const joined =
    clusterId !== null
      ? Prisma.sql`SELECT m.account_key FROM cluster_member m JOIN detection_run r ON r.id = m.joined_run_id
          WHERE m.cluster_id = ${clusterId} AND m.role <> 'weak' AND r.finished_at > ${proposal.proposedAt}::timestamptz`
      : indicatorId !== undefined
        ? Prisma.sql`SELECT DISTINCT ai.account_key FROM account_indicator ai JOIN account a ON a.key = ai.account_key
            WHERE ai.indicator_id = ${indicatorId}::numeric::bigint
              AND NOT EXISTS (SELECT FROM account_indicator e WHERE e.account_key = ai.account_key
                AND e.indicator_id = ai.indicator_id AND e.day < ${proposal.proposedAt}::timestamptz::date)`
        : Prisma.sql`SELECT NULL::int AS account_key WHERE false`;
  const [row] = await tx.$queryRaw<{ joined: number; left: number }[]>`
    SELECT
      (SELECT count(*)::int FROM (${joined}) late WHERE NOT EXISTS (SELECT 1 FROM proposal_item i
        WHERE i.proposal_id = ${id} AND i.account_key = late.account_key)) AS joined,
      (SELECT count(*)::int FROM proposal_item i
        WHERE i.proposal_id = ${id} AND COALESCE(i.cluster_id, ${clusterId}::int) IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM cluster_member m
            WHERE m.cluster_id = COALESCE(i.cluster_id, ${clusterId}::int) AND m.account_key = i.account_key
              AND m.role <> 'weak')) AS left`;
  return {
    joined: row?.joined ?? 0,
    left: row?.left ?? 0,
    open: clusterId !== null || indicatorId !== undefined,
  };
}
