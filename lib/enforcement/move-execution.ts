/** The worker's own steps of an execution: start, finish, pause. Each is a conditional update with its audit entry. */
import type { Actor } from '@/lib/access/schema';
import type { AuditVerb } from '@/lib/audit/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { countStates } from './count-items';
import { auditObject, hashOfItems, type LockedProposal, lockProposal } from './lock-proposal';
import { hasTarget, proposalRef } from './rules';
import type { ProposalStatus, StatusAction } from './schema';

export interface StartedProposal {
  id: number;
  action: StatusAction;
  clusterName: string | null;
  status: ProposalStatus;
  /** Errors before this do not count: somebody looked at them and resumed. */
  since: Date;
}

/** Moves an approved proposal to running, once; one that runs already goes on. The list must still have its hash:
 * nothing is sent for one that was tampered with after its approval. @throws AppError not_found */
export async function startExecution(actor: Actor, id: number): Promise<StartedProposal> {
  return inTransaction(async (tx) => {
    const proposal = await lockProposal(tx, id);
    const { action, status, sha256, accountCount, clusterName } = proposal;
    if (!hasTarget(action)) throw new AppError('bad_input', `No provider carries "${action}" yet.`);
    const since = await lastResume(tx, id);
    if (status !== 'approved' && status !== 'running') return { id, action, clusterName, status, since };
    if ((await hashOfItems(tx, id)) !== sha256) {
      const note = 'Paused by itself: the list is not the one that was approved. Stop it and propose anew.';
      await move(tx, actor, proposal, { to: 'paused', verb: 'enforcement.pause', note });
      return { id, action, clusterName, status: 'paused', since };
    }
    if (status === 'approved') {
      const detail = { action, accounts: accountCount, sha256 };
      await move(tx, actor, proposal, { to: 'running', verb: 'enforcement.start', detail });
    }
    return { id, action, clusterName, status: 'running', since };
  });
}

/** Ends a running proposal of which nothing is open any more. @returns its status afterwards */
export async function finishExecution(actor: Actor, id: number): Promise<ProposalStatus> {
  return inTransaction(async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (proposal.status !== 'running') return proposal.status;
    const detail = await countStates(tx, id);
    await move(tx, actor, proposal, { to: 'done', verb: 'enforcement.finish', detail });
    return 'done';
  });
}

/** Pauses a running proposal by itself. @returns its status afterwards */
export async function pauseExecution(actor: Actor, id: number, note: string): Promise<ProposalStatus> {
  return inTransaction(async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (proposal.status !== 'running') return proposal.status;
    await move(tx, actor, proposal, { to: 'paused', verb: 'enforcement.pause', note });
    return 'paused';
  });
}

interface Move {
  to: ProposalStatus;
  verb: AuditVerb;
  note?: string;
  detail?: Record<string, unknown>;
}

async function move(tx: Transaction, actor: Actor, proposal: LockedProposal, step: Move): Promise<void> {
  const { id, status: from } = proposal;
  const { to, verb, note, detail } = step;
  const now = new Date();
  await tx.proposal.updateMany({
    where: { id, status: from },
    data: {
      status: to,
      note: note ?? null,
      ...(from === 'approved' && to === 'running' && { startedAt: now }),
      ...(to === 'done' && { finishedAt: now }),
    },
  });
  await writeAudit(tx, actor, {
    verb,
    object: auditObject(proposal),
    reason: note,
    before: { status: from },
    after: { status: to },
    detail,
  });
}

/** When somebody last looked at its errors and resumed it; the epoch when nobody had to. */
export async function lastResume(tx: Transaction, id: number): Promise<Date> {
  const entry = await tx.auditEntry.findFirst({
    where: { objectType: 'proposal', objectId: proposalRef(id), verb: 'enforcement.resume', outcome: 'done' },
    orderBy: { id: 'desc' },
    select: { at: true },
  });
  return entry?.at ?? new Date(0);
}
