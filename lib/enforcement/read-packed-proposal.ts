import { clusterRef } from '@/lib/clusters/rules';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { listStands, sha256Of, sortIds } from './hash-list';
import { proposalRef } from './rules';

/** A proposal with its list, as its evidence pack holds it. */
export type PackedProposal = Awaited<ReturnType<typeof readPackedProposal>>;

/** @throws AppError not_found */
export async function readPackedProposal(id: number) {
  const proposal = await database().proposal.findUnique({
    where: { id },
    include: {
      cluster: true,
      proposedBy: true,
      approvals: { include: { approver: true }, orderBy: { id: 'asc' } },
      items: { orderBy: { accountId: 'asc' } },
      erasures: { orderBy: { ordinal: 'asc' } },
    },
  });
  if (!proposal)
    throw new AppError('not_found', `There is no proposal ${proposalRef(id)}. Open it from the list again.`);
  const order = new Map(sortIds(proposal.items.map((item) => item.accountId)).map((each, n) => [each, n]));
  const items = proposal.items.sort((a, b) => (order.get(a.accountId) ?? 0) - (order.get(b.accountId) ?? 0));
  const now = sha256Of(items.map((item) => item.accountId));
  return {
    proposal: proposalRef(id),
    action: proposal.action,
    countermeasure: proposal.countermeasure,
    status: proposal.status,
    shadow: proposal.shadow,
    reason: proposal.reason,
    note: proposal.note,
    cluster: proposal.cluster && {
      ref: clusterRef(proposal.cluster.id),
      name: proposal.cluster.name,
      score: proposal.cluster.score,
      status: proposal.cluster.status,
    },
    proposed_by: { id: proposal.proposedById, name: proposal.proposedBy.name },
    proposed_at: proposal.proposedAt.toISOString(),
    expires_at: proposal.expiresAt.toISOString(),
    started_at: iso(proposal.startedAt),
    finished_at: iso(proposal.finishedAt),
    accounts_listed: proposal.accountCount,
    list_sha256: proposal.sha256,
    list_sha256_now: now,
    list_stands: listStands(proposal.sha256, now, proposal.erasures),
    accounts_forgotten_since: proposal.erasures.length,
    approvals_required: proposal.approvalsRequired,
    impact: proposal.impact,
    evidence: proposal.evidence,
    approvals: proposal.approvals.map((approval) => ({
      approver: { id: approval.approverId, name: approval.approver.name },
      verdict: approval.verdict,
      reason: approval.reason,
      list_sha256: approval.sha256,
      at: approval.at.toISOString(),
    })),
    accounts: items.map((item) => ({
      id: item.accountId,
      strength: item.strength,
      kinds: item.kinds,
      groups: item.groups,
      stage: item.stage + 1,
      state: item.state,
      attempts: item.attempts,
      previous_status: item.previousStatus,
      sent_at: iso(item.sentAt),
      done_at: iso(item.doneAt),
      outcome: item.outcome,
    })),
  };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;
