import type { z } from 'zod';
import { requireRight } from '@/lib/access/require-right';
import { may, RIGHTS } from '@/lib/access/rules';
import type { Actor, Role } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { claimConflict, moved, readStanding, refuseConflict, statusConflict } from './cluster-standing';
import { requireUser } from './require-user';
import { clusterRef, FROM_STATUS } from './rules';
import type { assignSchema } from './schema';

/**
 * Gives a cluster to somebody who may claim: one's own is handed over by whoever has it, any other by an approver. An
 * open one is in review then. @throws AppError forbidden, not_found (cluster, person); bad_input when the person may not
 * claim; conflict when somebody else has it or it is dismissed (kept as refused)
 */
export async function assignCluster(actor: Actor, input: z.infer<typeof assignSchema>): Promise<void> {
  requireRight(actor, 'cluster.claim');
  const person = requireUser(actor);
  await refuseConflict(actor, 'cluster.assign', input.clusterId, () =>
    inTransaction(async (tx) => {
      const before = await readStanding(tx, input.clusterId);
      const others = before.assigneeId !== null && before.assigneeId !== person.id;
      if (others && !may(actor, 'cluster.assign')) throw claimConflict(before);
      if (before.assigneeId === null) requireRight(actor, 'cluster.assign');
      if (!(FROM_STATUS.claim as readonly string[]).includes(before.status))
        throw statusConflict('handed over', before);
      const heir = await tx.user.findUnique({ where: { id: input.userId } });
      if (!heir || heir.disabledAt) throw new AppError('not_found', 'There is no such person any more.');
      if (!(RIGHTS['cluster.claim'] as readonly Role[]).includes(heir.role))
        throw new AppError(
          'bad_input',
          `${heir.name} may not claim clusters. Choose an analyst or approver.`,
        );
      if (heir.id === before.assigneeId) return;
      const status = before.status === 'open' ? 'in_review' : before.status;
      const now = new Date();
      // Whoever read the same and writes second finds another assignee, and loses.
      const { count } = await tx.cluster.updateMany({
        where: { id: before.id, status: before.status, assigneeId: before.assigneeId },
        data: { assigneeId: heir.id, claimedAt: now, status, updatedAt: now },
      });
      if (count === 0) throw await moved(tx, before.id, 'handed over');
      const note = storableText(input.note);
      await writeAudit(tx, actor, {
        verb: 'cluster.assign',
        object: { type: 'cluster', id: clusterRef(before.id), label: before.name },
        ...(note && { reason: note }),
        before: { status: before.status, assignee: before.assignee?.name ?? null },
        after: { status, assignee: heir.name },
        detail: { to: heir.id },
      });
    }),
  );
}
