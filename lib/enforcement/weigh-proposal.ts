import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { type Candidate, type Choice, chooseAccounts, impactOf } from './choose-accounts';
import { guardrails } from './guardrails';
import { sha256Of, sortIds } from './hash-list';
import { listCandidates } from './list-candidates';
import { approvalsRequired, readCaps } from './rules';
import type { PreviewInput, ProposalPreview } from './schema';

/** What a proposal would hold and what speaks against it, from one reading of the cluster. Writes nothing.
 * @throws AppError not_found; bad_input when accounts are named that are strangers or weak members */
export async function weighProposal(
  tx: Transaction,
  proposer: { id: number; name: string },
  input: PreviewInput,
): Promise<ProposalPreview & { chosen: Candidate[] }> {
  const choice = chooseAccounts(await listCandidates(tx, input.clusterId), input);
  refuseNamed(choice, input.clusterId);
  const impact = impactOf(choice.chosen);
  const [used, overlaps] = await Promise.all([
    accountsProposedToday(tx, proposer.id),
    findOverlaps(tx, choice.chosen),
  ]);
  return {
    chosen: choice.chosen,
    sha256: sha256Of(sortIds(choice.chosen.map((c) => c.accountId))),
    accountCount: choice.chosen.length,
    impact,
    guardrails: guardrails({
      impact,
      caps: readCaps(process.env),
      usedToday: used + impact.accounts,
      proposer: proposer.name,
      overlaps,
    }),
    approvalsRequired: approvalsRequired(impact),
    leftOut: choice.leftOut,
  };
}

function refuseNamed({ strangers, weakNamed }: Choice, clusterId: number): void {
  if (strangers.length > 0) {
    throw new AppError(
      'bad_input',
      `${some(strangers)} not in cluster CL-${clusterId}. Take them off the list or propose for their own cluster.`,
    );
  }
  if (weakNamed.length > 0) {
    throw new AppError(
      'bad_input',
      `${some(weakNamed)} held too weakly to be acted on. Take them off the list; they can be watched.`,
    );
  }
}

function some(ids: readonly string[]): string {
  const more = ids.length - 3;
  return `${ids.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''} ${ids.length === 1 ? 'is' : 'are'}`;
}

/** Accounts on lists that a person made since 00:00 UTC and that were not turned down. */
export async function accountsProposedToday(tx: Transaction, personId: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ used: number }[]>`
    SELECT COALESCE(sum(account_count), 0)::int AS used FROM proposal
    WHERE proposed_by_id = ${personId} AND status NOT IN ('rejected', 'withdrawn', 'expired')
      AND proposed_at >= date_trunc('day', now(), 'UTC')`;
  return row?.used ?? 0;
}

/** Live proposals, whatever their action, that hold some of these accounts too. */
export async function findOverlaps(
  tx: Transaction,
  accounts: readonly { accountKey: number }[],
  exceptId = 0,
): Promise<{ proposalId: number; accounts: number }[]> {
  const keys = accounts.map((a) => a.accountKey);
  return tx.$queryRaw`
    SELECT p.id AS "proposalId", count(*)::int AS accounts
    FROM proposal p JOIN proposal_item i ON i.proposal_id = p.id
    WHERE p.status IN ('waiting', 'approved', 'running', 'paused') AND p.id <> ${exceptId}
      AND i.state IN ('waiting', 'sent', 'retrying') AND i.account_key = ANY(${keys}::int[])
    GROUP BY p.id ORDER BY p.id`;
}
