import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { claimConflict, moved, readStanding, statusConflict } from './cluster-standing';
import { requireUser } from './require-user';
import { clusterRef, FROM_STATUS } from './rules';

/** Gives a cluster in review back to the queue. @throws AppError forbidden, not_found; conflict when it is not
 * one's own or not in review */
export async function releaseCluster(actor: Actor, input: { clusterId: number }): Promise<void> {
  requireRight(actor, 'cluster.claim');
  const person = requireUser(actor);
  await inTransaction(async (tx) => {
    const before = await readStanding(tx, input.clusterId);
    if (before.assigneeId === null) throw new AppError('conflict', 'Nobody has claimed this cluster.');
    if (before.assigneeId !== person.id) throw claimConflict(before);
    if (!(FROM_STATUS.release as readonly string[]).includes(before.status))
      throw statusConflict('released', before);
    const { count } = await tx.cluster.updateMany({
      where: { id: before.id, assigneeId: person.id, status: before.status },
      data: { assigneeId: null, claimedAt: null, status: 'open', updatedAt: new Date() },
    });
    if (count === 0) throw await moved(tx, before.id, 'released');
    await writeAudit(tx, actor, {
      verb: 'cluster.release',
      object: { type: 'cluster', id: clusterRef(before.id), label: before.name },
      before: { status: before.status, assignee: person.name },
      after: { status: 'open', assignee: null },
    });
  });
}
