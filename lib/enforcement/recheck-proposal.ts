/** What may have changed since a list was frozen and forbids acting on it: asked at each approval, and again before and
 * while it is carried out. */
import { RIGHTS } from '@/lib/access/rules';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { hashOfItems, type LockedProposal, lockProposal } from './lock-proposal';
import { proposalRef, readCaps } from './rules';
import type { EnforcementAction, HoldKind } from './schema';

/**
 * Why a proposal that was approved may not be carried out (any more), in words for the note, or null when it may: the
 * list, who proposed it, its approvals and who gave them, the clusters that speak for it, the caps. Accounts that came under a hold
 * since do not stop the others: ask holdsAgainst for each batch. @throws AppError not_found
 */
export async function recheckProposal(tx: Transaction, proposalId: number): Promise<string | null> {
  const proposal = await lockProposal(tx, proposalId);
  const objection = await objectionTo(tx, proposal);
  if (objection) return objection.forPerson;
  const approvals = await countApprovals(tx, proposal);
  if (approvals < proposal.approvalsRequired) {
    const { approvalsRequired: needed } = proposal;
    return `${approvals} of ${needed} approvals still hold: an approver was disabled or has another role now.`;
  }
  return null;
}

/** What forbids acting on the list, whoever approves it; null when nothing does. */
export async function objectionTo(tx: Transaction, proposal: LockedProposal): Promise<AppError | null> {
  const ref = proposalRef(proposal.id);
  if ((await hashOfItems(tx, proposal.id)) !== proposal.sha256) {
    return new AppError(
      'conflict',
      `The list of ${ref} is not the one that was frozen. Reject it and tell whoever runs this deployment.`,
      `items of ${ref} do not hash to ${proposal.sha256}`,
    );
  }
  if (!(await proposerStands(tx, proposal))) {
    return new AppError(
      'conflict',
      `Who proposed ${ref} was disabled or may not propose any more. Reject or stop it; whoever still stands for the list proposes it anew.`,
    );
  }
  const lost = await unconfirmedClusters(tx, proposal);
  if (lost.length > 0) {
    const [first] = lost;
    return new AppError(
      'conflict',
      `CL-${first} is no longer confirmed. Reject ${ref}, or confirm the cluster again.`,
    );
  }
  const caps = readCaps(process.env);
  if (proposal.accountCount > caps.action) {
    return new AppError(
      'limit',
      `${ref} holds ${proposal.accountCount} accounts, ${caps.action} at most. Reject it and split it.`,
    );
  }
  const day = await accountsOfThatDay(tx, proposal.id);
  if (day > caps.personDay) {
    return new AppError(
      'limit',
      `With ${ref} its proposer listed ${day} accounts that day, ${caps.personDay} at most. Reject it.`,
    );
  }
  return null;
}

/** Whoever proposed it may still propose: what somebody who was let go, or whose account was taken over, left behind is
 * not carried out. */
async function proposerStands(tx: Transaction, { proposedById: id }: LockedProposal): Promise<boolean> {
  return (
    (await tx.user.count({ where: { id, disabledAt: null, role: { in: [...RIGHTS['proposal.create']] } } })) >
    0
  );
}

/** Approvals of this very list by people who may still approve. */
export async function countApprovals(tx: Transaction, proposal: LockedProposal): Promise<number> {
  return tx.approval.count({
    where: {
      proposalId: proposal.id,
      verdict: 'approve',
      sha256: proposal.sha256,
      approverId: { not: proposal.proposedById },
      approver: { disabledAt: null, role: 'approver' },
    },
  });
}

/** Those of the accounts that a hold keeps from this action now. A legal hold forbids every action; the never-ban list
 * every action but a restore. @returns the kind of hold by account key */
export async function holdsAgainst(
  tx: Transaction,
  action: EnforcementAction,
  accountKeys: readonly number[],
): Promise<Map<number, HoldKind>> {
  const rows = await tx.$queryRaw<{ key: number; kind: HoldKind }[]>`
    SELECT account_key AS key, max(kind)::text AS kind FROM account_hold
    WHERE account_key = ANY(${[...accountKeys]}::int[]) AND ended_at IS NULL
      AND (expires_at IS NULL OR expires_at > now()) AND (kind = 'legal_hold' OR ${action} <> 'restore')
    GROUP BY account_key`;
  return new Map(rows.map((row) => [row.key, row.kind]));
}

/** Accounts of a frozen list that came under a hold since. */
export async function countHeld(tx: Transaction, proposalId: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ held: number }[]>`
    SELECT count(DISTINCT i.account_key)::int AS held
    FROM account_hold h JOIN proposal_item i ON i.account_key = h.account_key JOIN proposal p ON p.id = i.proposal_id
    WHERE i.proposal_id = ${proposalId} AND i.state IN ('waiting', 'retrying', 'sent')
      AND hold_against(i.account_key, p.action::text) IS NOT NULL`;
  return row?.held ?? 0;
}

/** A ban takes confirmed clusters for all its accounts; a list of one cluster takes that one for every action. */
async function unconfirmedClusters(tx: Transaction, proposal: LockedProposal): Promise<number[]> {
  if (proposal.action === 'restore') return [];
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM cluster WHERE status <> 'confirmed' AND (id = ${proposal.clusterId}::int
      OR ${proposal.action} = 'ban' AND id IN (
        SELECT cluster_id FROM proposal_item WHERE proposal_id = ${proposal.id})) ORDER BY id`;
  return rows.map((row) => row.id);
}

/** Accounts on lists that the proposer made on the day (UTC) of this one and that were not turned down. */
async function accountsOfThatDay(tx: Transaction, id: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ used: number }[]>`
    SELECT COALESCE(sum(o.account_count), 0)::int AS used
    FROM proposal p JOIN proposal o ON o.proposed_by_id = p.proposed_by_id
      AND date_trunc('day', o.proposed_at, 'UTC') = date_trunc('day', p.proposed_at, 'UTC')
    WHERE p.id = ${id} AND o.id <= p.id AND o.status NOT IN ('rejected', 'withdrawn', 'expired')`;
  return row?.used ?? 0;
}
