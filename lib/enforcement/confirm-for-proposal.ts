import type { Person } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { claimConflict, readStanding, statusConflict } from '@/lib/clusters/cluster-standing';
import { drawSample } from '@/lib/clusters/review/draw-sample';
import { clusterRef, FROM_STATUS } from '@/lib/clusters/rules';
import type { ConfirmReason, Quadrant } from '@/lib/clusters/schema';
import type { Transaction } from '@/lib/database/transaction';

const REASON: Record<Quadrant, ConfirmReason> = {
  distillation: 'distillation',
  reseller_review: 'resale',
  lone_extraction: 'other',
  benign: 'other',
};

/**
 * Claims and confirms a cluster that is not confirmed yet, in the proposal's own transaction and with its reason: no
 * action without a confirmed cluster, no second dialog for it. The cluster's row stays locked until the end, so that
 * nobody dismisses it meanwhile. @returns its name
 * @throws AppError not_found; conflict when somebody else holds it or dismissed it
 */
export async function confirmForProposal(
  tx: Transaction,
  person: Person,
  clusterId: number,
  reason: string,
): Promise<string> {
  await tx.$executeRaw`SELECT 1 FROM cluster WHERE id = ${clusterId} FOR UPDATE`;
  const before = await readStanding(tx, clusterId);
  if (!(FROM_STATUS.propose as readonly string[]).includes(before.status))
    throw statusConflict('acted on', before);
  if (before.status === 'confirmed') return before.name;
  if (before.assigneeId !== null && before.assigneeId !== person.id) throw claimConflict(before);
  const object = { type: 'cluster', id: clusterRef(before.id), label: before.name } as const;
  const claimed = before.assigneeId === null;
  if (claimed) {
    await writeAudit(tx, person, {
      verb: 'cluster.claim',
      object,
      before: { status: before.status, assignee: null },
      after: { status: 'in_review', assignee: person.name },
    });
  }
  const { quadrant } = await tx.cluster.update({
    where: { id: before.id },
    data: {
      status: 'confirmed',
      reopenedCause: null,
      assigneeId: person.id,
      claimedAt: before.claimedAt ?? new Date(),
      updatedAt: new Date(),
    },
    select: { quadrant: true },
  });
  const reasonCode = REASON[quadrant];
  const decision = await tx.decision.create({
    data: { clusterId: before.id, verdict: 'confirm', reasonCode, reason, authorId: person.id },
  });
  await drawSample(tx, decision);
  await writeAudit(tx, person, {
    verb: 'cluster.confirm',
    object,
    reason,
    before: {
      status: claimed ? 'in_review' : before.status,
      assignee: person.name,
      reopened: before.reopenedCause,
    },
    after: { status: 'confirmed', assignee: person.name, reopened: null, reason_code: reasonCode },
    detail: { accounts: before.accounts, score: before.score, by: 'proposal' },
  });
  return before.name;
}
