import { requireRight } from '@/lib/access/require-right';
import type { Actor, Person } from '@/lib/access/schema';
import { writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { type Candidate, groupsOf, impactOf } from './choose-accounts';
import { chooseRestores, type RestoreChoice } from './choose-restores';
import { findRestorable } from './find-restorable';
import { freezeList } from './freeze-list';
import { guardrails, refuseBlocked } from './guardrails';
import { sha256Of, sortIds } from './hash-list';
import { candidatesOf } from './list-candidates';
import { readTiers } from './read-tiers';
import { requireLivePerson } from './require-live-person';
import type { PreviewRestoreInput, RestoreInput, RestorePreview } from './restore-schema';
import { approvalsRequired, proposalRef, readCaps } from './rules';
import type { Tiers } from './tiers-settings-schema';
import { accountsProposedToday, findOverlaps } from './weigh-proposal';

const SHOWN = 200;

interface WeighedRestore {
  preview: RestorePreview;
  choice: RestoreChoice;
  candidates: Map<number, Candidate>;
  tiers: { value: Tiers; version: number };
}

/** What taking back would do to each account, before anything is written. @throws AppError forbidden, not_found, bad_input */
export async function previewRestore(actor: Actor, input: PreviewRestoreInput): Promise<RestorePreview> {
  requireRight(actor, 'proposal.create');
  if (actor.kind !== 'user')
    throw new AppError('forbidden', 'Only a signed-in person may propose an action.');
  return inTransaction(async (tx) => (await weighRestore(tx, actor, input)).preview, 120_000);
}

/**
 * Proposes to take back what was done: a whole proposal, some of its accounts, or accounts by themselves. Each returns to
 * the state before, or loses the countermeasure. Others approve it, as anything. @returns the new proposal's id
 * @throws AppError forbidden, not_found, bad_input (nobody to restore), limit, conflict (changed since the preview)
 */
export async function createRestore(actor: Actor, input: RestoreInput): Promise<{ id: number }> {
  try {
    return await inTransaction(async (tx) => {
      const person = await requireLivePerson(tx, actor, 'proposal.create');
      return restoreInTransaction(tx, person, input);
    }, 120_000);
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') {
      const id = input.proposalId === undefined ? 'new' : proposalRef(input.proposalId);
      await writeRefusal(actor, {
        verb: 'proposal.create',
        object: { type: 'proposal', id },
        reason: error.forPerson,
        detail: { action: 'restore' },
      });
    }
    throw error;
  }
}

/** The same in a caller's transaction, for a person whose right was checked there. */
export async function restoreInTransaction(
  tx: Transaction,
  person: Person,
  input: RestoreInput,
): Promise<{ id: number }> {
  const { preview, choice, candidates, tiers } = await weighRestore(tx, person, input);
  refuseBlocked(preview.guardrails);
  if (input.sha256 !== undefined && input.sha256 !== preview.sha256) {
    throw new AppError(
      'conflict',
      `The list has changed since you looked at it: it holds ${preview.accountCount} accounts now. Look again.`,
    );
  }
  const { proposalId } = input;
  const of =
    proposalId === undefined
      ? null
      : await tx.proposal.findUnique({
          where: { id: proposalId },
          select: { clusterId: true, cluster: { select: { name: true } } },
        });
  const label = proposalId === undefined ? 'single accounts' : proposalRef(proposalId);
  return freezeList(tx, person, {
    action: 'restore',
    reason: storableText(input.reason),
    source: input.source ?? 'restore',
    detail: { ...input.detail, label },
    clusterId: of?.clusterId ?? null,
    clusterName: of?.cluster?.name ?? null,
    restoresId: proposalId ?? null,
    accounts: choice.rows.map((row) => {
      const { strength, clusterId, kinds } = candidates.get(row.accountKey)!;
      return {
        accountKey: row.accountKey,
        accountId: row.accountId,
        strength,
        clusterId,
        kinds,
        groups: groupsOf(candidates.get(row.accountKey)!),
        targetStatus: row.returnsTo,
        lifts: row.lifts,
        restoresProposalId: row.of,
      };
    }),
    impact: impactOf([...candidates.values()]),
    approvalsRequired: preview.approvalsRequired,
    freshMinutes: preview.freshMinutes,
    tiersVersion: tiers.version,
    waitHours: tiers.value.waitHours,
    leftOut: preview.leftOut,
  });
}

async function weighRestore(
  tx: Transaction,
  person: { id: number; name: string },
  input: PreviewRestoreInput,
): Promise<WeighedRestore> {
  const choice = chooseRestores(await findRestorable(tx, input));
  const found = await candidatesOf(
    tx,
    choice.rows.map((row) => row.accountKey),
  );
  const candidates = new Map(found.map((candidate) => [candidate.accountKey, candidate]));
  // Whom the evidence holds least comes first: the likeliest to have been wronged.
  const strength = (key: number) => candidates.get(key)?.strength ?? 0;
  choice.rows.sort(
    (a, b) => strength(a.accountKey) - strength(b.accountKey) || (a.accountId < b.accountId ? -1 : 1),
  );
  const tiers = await readTiers(tx);
  const impact = impactOf(found);
  const approvals = approvalsRequired(impact, tiers.value, 'restore');
  const preview: RestorePreview = {
    sha256: sha256Of(sortIds(choice.rows.map((row) => row.accountId))),
    accountCount: choice.rows.length,
    guardrails: guardrails({
      action: 'restore',
      impact,
      tiers: tiers.value,
      caps: readCaps(process.env),
      usedToday: (await accountsProposedToday(tx, person.id)) + impact.accounts,
      proposer: person.name,
      overlaps: await findOverlaps(tx, found),
      held: choice.leftOut.held,
    }),
    approvalsRequired: approvals,
    freshMinutes: approvals > 1 ? tiers.value.freshMinutes : null,
    rows: choice.rows.slice(0, SHOWN).map(({ accountKey: _, ...row }) => row),
    leftOut: choice.leftOut,
    leftAccounts: choice.left.slice(0, SHOWN),
  };
  return { preview, choice, candidates, tiers };
}
