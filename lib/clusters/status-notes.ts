/** What follows a cluster's state in lists: what its proposals wait for, or what they did to its accounts. */
import { database } from '@/lib/database/client';
import { numberInWords } from './rules';

const LIVE = { waiting: 'waits', approved: 'starts', running: 'running', paused: 'paused' } as const;
const DONE = { banned: 'banned', throttled: 'throttled', verification_required: 'to verify' } as const;

/** Notes by cluster id, such as "P-3 waits" or "1,183 banned"; clusters with nothing to tell are not in it. */
export async function statusNotes(clusterIds: number[]): Promise<Map<number, string>> {
  const notes = new Map<number, string>();
  if (clusterIds.length === 0) return notes;
  const proposals = await database().proposal.findMany({
    where: {
      clusterId: { in: clusterIds },
      status: { in: ['waiting', 'approved', 'running', 'paused', 'done', 'stopped'] },
    },
    orderBy: { id: 'asc' },
    select: { id: true, clusterId: true, status: true },
  });
  const ended = new Set<number>();
  for (const { id, clusterId, status } of proposals) {
    if (clusterId === null) continue;
    if (status === 'waiting' || status === 'approved' || status === 'running' || status === 'paused') {
      notes.set(clusterId, `P-${id} ${LIVE[status]}`);
    } else ended.add(clusterId);
  }
  const counted = await countByStatus([...ended].filter((id) => !notes.has(id)));
  for (const { clusterId, status, accounts } of counted) {
    if (!notes.has(clusterId)) notes.set(clusterId, `${numberInWords(accounts)} ${DONE[status]}`);
  }
  return notes;
}

/** Members that are not active, the most severe state first. Weak members were never proposed. */
function countByStatus(
  clusterIds: number[],
): Promise<{ clusterId: number; status: keyof typeof DONE; accounts: number }[]> {
  if (clusterIds.length === 0) return Promise.resolve([]);
  return database().$queryRaw`
    SELECT m.cluster_id AS "clusterId", coalesce(a.enforced_status, a.reported_status)::text AS status,
      count(*)::int AS accounts
    FROM cluster_member m JOIN account a ON a.key = m.account_key
    WHERE m.cluster_id = ANY(${clusterIds}) AND m.role <> 'weak'
      AND coalesce(a.enforced_status, a.reported_status) <> 'active'
    GROUP BY 1, 2
    ORDER BY 1, array_position(ARRAY['banned', 'verification_required', 'throttled'],
      coalesce(a.enforced_status, a.reported_status)::text)`;
}
