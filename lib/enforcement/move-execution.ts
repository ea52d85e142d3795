/** The worker's own steps of an execution: start, finish, pause. Each is a conditional update with its audit entry. */
import type { Actor } from '@/lib/access/schema';
import type { AuditVerb } from '@/lib/audit/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { countStates } from './count-items';
import { auditObject, type LockedProposal, lockProposal } from './lock-proposal';
import { killNote, readKillSwitch } from './read-kill-switch';
import { recheckProposal } from './recheck-proposal';
import type { EnforcementAction, ProposalStatus } from './schema';

export interface StartedProposal {
  id: number;
  action: EnforcementAction;
  /** The provider's id of the countermeasure; null for every other action. */
  countermeasure: string | null;
  reasonCode: string | null;
  clusterName: string | null;
  proposedById: number;
  proposerName: string;
  accountCount: number;
  status: ProposalStatus;
  /** Everything but the calls. Decided when it starts, for the whole of it. */
  shadow: boolean;
}

/** Moves an approved proposal to running, once; one that runs already goes on. Nothing is sent while the kill switch is
 * on, and nothing for a list whose approval no longer holds.
 * @param shadow whether the provider is in shadow mode now
 * @throws AppError not_found */
export async function startExecution(actor: Actor, id: number, shadow: boolean): Promise<StartedProposal> {
  return inTransaction(async (tx) => {
    const proposal = await lockProposal(tx, id);
    const started = await readStarted(tx, proposal);
    if (proposal.status !== 'approved' && proposal.status !== 'running') return started;
    const forbidden = await whyForbidden(tx, id);
    if (forbidden !== null) {
      await move(tx, actor, proposal, { to: 'paused', verb: 'enforcement.pause', note: forbidden });
      return { ...started, status: 'paused' };
    }
    if (proposal.status === 'running') return started;
    const { action, accountCount: accounts, sha256 } = proposal;
    const detail = { action, accounts, sha256, ...(shadow && { shadow }) };
    await move(tx, actor, proposal, { to: 'running', verb: 'enforcement.start', detail, shadow });
    return { ...started, status: 'running', shadow };
  });
}

async function readStarted(tx: Transaction, proposal: LockedProposal): Promise<StartedProposal> {
  const { id, action, clusterName, proposedById, accountCount, status } = proposal;
  const row = await tx.proposal.findUniqueOrThrow({
    where: { id },
    select: { countermeasure: true, reasonCode: true, shadow: true, proposedBy: { select: { name: true } } },
  });
  const { proposedBy, ...rest } = row;
  return {
    id,
    action,
    clusterName,
    proposedById,
    accountCount,
    status,
    proposerName: proposedBy.name,
    ...rest,
  };
}

async function whyForbidden(tx: Transaction, id: number): Promise<string | null> {
  const killed = await readKillSwitch(tx);
  if (killed) return killNote(killed.reason);
  const changed = await recheckProposal(tx, id);
  return changed && `Paused by itself: ${changed}`;
}

/** Ends a running proposal of which nothing is open any more. @returns its status afterwards; running when somebody has
 * just had accounts that were given up tried again */
export async function finishExecution(actor: Actor, id: number): Promise<ProposalStatus> {
  return inTransaction(async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (proposal.status !== 'running') return proposal.status;
    const detail = await countStates(tx, id);
    if (detail.waiting + detail.sent + detail.retrying > 0) return 'running';
    await move(tx, actor, proposal, { to: 'done', verb: 'enforcement.finish', detail });
    return 'done';
  });
}

/** Pauses an approved or running proposal by itself. @returns its status afterwards */
export async function pauseExecution(actor: Actor, id: number, note: string): Promise<ProposalStatus> {
  return inTransaction(async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (proposal.status !== 'running' && proposal.status !== 'approved') return proposal.status;
    await move(tx, actor, proposal, { to: 'paused', verb: 'enforcement.pause', note });
    return 'paused';
  });
}

interface Move {
  to: ProposalStatus;
  verb: AuditVerb;
  note?: string;
  detail?: Record<string, unknown>;
  shadow?: boolean;
}

async function move(tx: Transaction, actor: Actor, proposal: LockedProposal, step: Move): Promise<void> {
  const { id, status: from } = proposal;
  const { to, verb, note = null, detail, shadow = null } = step;
  await tx.$executeRaw`
    UPDATE proposal SET status = ${to}::proposal_status, note = ${note},
      started_at = CASE WHEN ${to} = 'running' THEN COALESCE(started_at, now()) ELSE started_at END,
      finished_at = CASE WHEN ${to} = 'done' THEN now() ELSE finished_at END,
      shadow = COALESCE(${shadow}::boolean, shadow)
    WHERE id = ${id} AND status = ${from}::proposal_status`;
  await writeAudit(tx, actor, {
    verb,
    object: auditObject(proposal),
    reason: note ?? undefined,
    before: { status: from },
    after: { status: to },
    detail,
  });
}
