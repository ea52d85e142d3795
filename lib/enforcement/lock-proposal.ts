import type { NewAuditEntry } from '@/lib/audit/schema';
import type { EnforcementAction, ProposalStatus } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { sha256Of, sortIds } from './hash-list';
import { proposalRef } from './rules';

export interface LockedProposal {
  id: number;
  action: EnforcementAction;
  status: ProposalStatus;
  sha256: string;
  accountCount: number;
  approvalsRequired: number;
  proposedById: number;
  clusterId: number | null;
  clusterName: string | null;
  clusterStatus: string | null;
  expired: boolean;
  started: boolean;
  note: string | null;
}

/** Reads a proposal and holds its row until the transaction ends: of two rivals the second sees what the first did.
 * @throws AppError not_found */
export async function lockProposal(tx: Transaction, id: number): Promise<LockedProposal> {
  await tx.$executeRaw`SELECT 1 FROM proposal WHERE id = ${id} FOR NO KEY UPDATE`;
  const [row] = await tx.$queryRaw<LockedProposal[]>`
    SELECT p.id, p.action::text AS action, p.status::text AS status, p.sha256,
      p.account_count AS "accountCount", p.approvals_required AS "approvalsRequired",
      p.proposed_by_id AS "proposedById", p.cluster_id AS "clusterId", c.name AS "clusterName", c.status::text AS "clusterStatus",
      p.expires_at <= now() AS expired, p.started_at IS NOT NULL AS started, p.note
    FROM proposal p LEFT JOIN cluster c ON c.id = p.cluster_id
    WHERE p.id = ${id}`;
  if (!row)
    throw new AppError('not_found', `There is no proposal ${proposalRef(id)}. Open it from the list again.`);
  return row;
}

/** A proposal as the audit names it. */
export function auditObject({
  id,
  clusterName,
}: Pick<LockedProposal, 'id' | 'clusterName'>): NewAuditEntry['object'] {
  return { type: 'proposal', id: proposalRef(id), label: clusterName ?? undefined };
}

/** The hash of the list as it stands in the items now. */
export async function hashOfItems(tx: Transaction, proposalId: number): Promise<string> {
  const [row] = await tx.$queryRaw<{ ids: string[] | null }[]>`
    SELECT array_agg(account_id) AS ids FROM proposal_item WHERE proposal_id = ${proposalId}`;
  return sha256Of(sortIds(row?.ids ?? []));
}
