import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { claimConflict, moved, readStanding, refuseConflict, statusConflict } from './cluster-standing';
import { requireUser } from './require-user';
import { clusterRef, FROM_STATUS } from './rules';

/**
 * Takes an unclaimed cluster; an open one is in review then. Claiming one's own again changes nothing.
 * @throws AppError forbidden, not_found; conflict when someone else was first or it is dismissed (kept as refused)
 */
export async function claimCluster(actor: Actor, input: { clusterId: number }): Promise<void> {
  requireRight(actor, 'cluster.claim');
  const person = requireUser(actor);
  await refuseConflict(actor, 'cluster.claim', input.clusterId, () =>
    inTransaction(async (tx) => {
      const before = await readStanding(tx, input.clusterId);
      if (before.assigneeId === person.id) return;
      if (before.assigneeId !== null) throw claimConflict(before);
      if (!(FROM_STATUS.claim as readonly string[]).includes(before.status))
        throw statusConflict('claimed', before);
      const status = before.status === 'open' ? 'in_review' : before.status;
      const now = new Date();
      // Two may read the same cluster; the condition lets one of them write, the other sees a count of 0.
      const { count } = await tx.cluster.updateMany({
        where: { id: before.id, assigneeId: null, status: before.status },
        data: { assigneeId: person.id, claimedAt: now, status, updatedAt: now },
      });
      if (count === 0) throw await moved(tx, before.id, 'claimed');
      await writeAudit(tx, actor, {
        verb: 'cluster.claim',
        object: { type: 'cluster', id: clusterRef(before.id), label: before.name },
        before: { status: before.status, assignee: null },
        after: { status, assignee: person.name },
      });
    }),
  );
}
