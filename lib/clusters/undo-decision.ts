import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { moved, readStanding, refuseConflict } from './cluster-standing';
import { refuseWithLiveProposal } from './decide-cluster';
import { endMutesOf } from './mutes/mute-pattern';
import { requireUser } from './require-user';
import { clusterRef } from './rules';
import { type StoredStanding, UNDO_MINUTES, undoableUntil } from './undo-schema';

/**
 * Takes the reader's own last decision on a cluster back within ten minutes: the cluster stands as it did before. The
 * decision stays in the history, marked. A mute that came with it ends.
 * @throws AppError forbidden, not_found; conflict when it is too late, somebody else's, or something came after it
 */
export async function undoDecision(actor: Actor, input: { clusterId: number }): Promise<void> {
  requireRight(actor, 'cluster.decide');
  const person = requireUser(actor);
  await refuseConflict(actor, 'cluster.undo', input.clusterId, () =>
    inTransaction(async (tx) => {
      const now = await readStanding(tx, input.clusterId);
      const { decision, before } = await lastDecision(tx, now.id, person.id);
      const assigneeId = decision.verdict === 'confirm' ? person.id : null;
      // Whatever came after it, a claim or a run that reopened the cluster, has changed one of these.
      const { count } = await tx.cluster.updateMany({
        where: {
          id: now.id,
          status: STATUS_AFTER[decision.verdict],
          assigneeId,
          reopenedCause: decision.verdict === 'reopen' ? 'person' : null,
        },
        data: { ...before, updatedAt: new Date() },
      });
      if (count === 0) throw await moved(tx, now.id, 'put back');
      await refuseWithLiveProposal(tx, now.id, 'the decision cannot be taken back');
      const marked = await tx.decision.updateMany({
        where: { id: decision.id, undoneAt: null },
        data: { undoneAt: new Date() },
      });
      if (marked.count === 0) throw await moved(tx, now.id, 'put back');
      const mutes = decision.verdict === 'dismiss' ? await endMutesOf(tx, now.id, 'reopened') : 0;
      await writeAudit(tx, actor, {
        verb: 'cluster.undo',
        object: { type: 'cluster', id: clusterRef(now.id), label: now.name },
        before: { status: now.status, assignee: now.assignee?.name ?? null },
        after: { status: before.status, assignee: before.assigneeId === null ? null : person.name },
        detail: {
          decision: decision.id,
          verdict: decision.verdict,
          ...(mutes > 0 && { mutes_ended: mutes }),
        },
      });
    }),
  );
}

const STATUS_AFTER = { confirm: 'confirmed', dismiss: 'dismissed', reopen: 'open' } as const;

async function lastDecision(tx: Transaction, clusterId: number, authorId: number) {
  const decision = await tx.decision.findFirst({
    where: { clusterId },
    orderBy: { id: 'desc' },
    include: { author: { select: { name: true } } },
  });
  const until = decision && undoableUntil(decision, true);
  if (!decision || !until)
    throw new AppError('conflict', 'There is no decision here that can be taken back.');
  if (decision.authorId !== authorId)
    throw new AppError(
      'conflict',
      `${decision.author.name} decided last; only they take it back. Reopen it instead.`,
    );
  if (Date.parse(until) < Date.now())
    throw new AppError(
      'conflict',
      `A decision can be taken back for ${UNDO_MINUTES} minutes. Reopen it instead.`,
    );
  const { status, assigneeId, claimedAt, reopenedCause } = decision.before as unknown as StoredStanding;
  return {
    decision,
    before: { status, assigneeId, claimedAt: claimedAt === null ? null : new Date(claimedAt), reopenedCause },
  };
}
