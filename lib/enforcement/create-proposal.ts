import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { clusterRef } from '@/lib/clusters/rules';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { Candidate } from './choose-accounts';
import { confirmForProposal } from './confirm-for-proposal';
import { refuseBlocked } from './guardrails';
import { requireLivePerson } from './require-live-person';
import { PROPOSAL_HOURS, proposalRef, stagePlan } from './rules';
import type { ProposeInput } from './schema';
import { weighProposal } from './weigh-proposal';

/**
 * Freezes a list of accounts and one action for others to approve. A cluster that is not confirmed yet is claimed and
 * confirmed on the way. Nothing is done to any account until enough other people approve exactly this list.
 * @throws AppError forbidden, not_found, bad_input (empty or foreign list), limit (hard cap), conflict (lost claim)
 */
export async function createProposal(actor: Actor, input: ProposeInput): Promise<{ id: number }> {
  try {
    return await inTransaction((tx) => freeze(tx, actor, { ...input, reason: storableText(input.reason) }));
  } catch (error) {
    if (error instanceof AppError && ['forbidden', 'conflict', 'limit'].includes(error.code)) {
      await writeRefusal(actor, {
        verb: 'proposal.create',
        object: { type: 'cluster', id: clusterRef(input.clusterId) },
        reason: error.forPerson,
        detail: { action: input.action },
      });
    }
    throw error;
  }
}

async function freeze(tx: Transaction, actor: Actor, input: ProposeInput): Promise<{ id: number }> {
  const person = await requireLivePerson(tx, actor, 'proposal.create');
  const clusterName = await confirmForProposal(tx, person, input.clusterId, input.reason);
  const { chosen, ...weighed } = await weighProposal(tx, person, input);
  refuseBlocked(weighed.guardrails);
  const evidence = await tx.evidence.findMany({
    where: { clusterId: input.clusterId },
    orderBy: [{ points: 'desc' }, { kind: 'asc' }],
    select: { kind: true, members: true, population: true, expected: true, points: true },
  });
  const { id } = await tx.proposal.create({
    data: {
      action: input.action,
      clusterId: input.clusterId,
      reason: input.reason,
      sha256: weighed.sha256,
      accountCount: weighed.accountCount,
      evidence,
      impact: { ...weighed.impact, groups: weighed.impact.groups.map((group) => ({ ...group })) },
      approvalsRequired: weighed.approvalsRequired,
      proposedById: person.id,
      expiresAt: new Date(Date.now() + PROPOSAL_HOURS * 3_600_000),
    },
    select: { id: true },
  });
  await insertItems(tx, id, chosen);
  await auditCreation(tx, person, id, input, clusterName, weighed);
  return { id };
}

/** The whole list in one statement, in the order of its stages. */
async function insertItems(tx: Transaction, proposalId: number, chosen: readonly Candidate[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO proposal_item (proposal_id, account_key, account_id, strength, stage)
    SELECT ${proposalId}::int, * FROM unnest(
      ${chosen.map((c) => c.accountKey)}::int[], ${chosen.map((c) => c.accountId)}::text[],
      ${chosen.map((c) => c.strength)}::float8[], ${stagePlan(chosen.length)}::smallint[])`;
}

async function auditCreation(
  tx: Transaction,
  person: Person,
  id: number,
  input: ProposeInput,
  clusterName: string,
  weighed: { sha256: string; accountCount: number; approvalsRequired: number; leftOut: object },
): Promise<void> {
  await writeAudit(tx, person, {
    verb: 'proposal.create',
    object: { type: 'proposal', id: proposalRef(id), label: clusterName },
    reason: input.reason,
    after: { status: 'waiting' },
    detail: {
      action: input.action,
      cluster: clusterRef(input.clusterId),
      accounts: weighed.accountCount,
      sha256: weighed.sha256,
      approvalsRequired: weighed.approvalsRequired,
      excluded: input.exclude,
      leftOut: weighed.leftOut,
    },
  });
}
