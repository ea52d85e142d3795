import type { Actor, Person } from '@/lib/access/schema';
import { writeRefusal } from '@/lib/audit/write-audit';
import { clusterRef } from '@/lib/clusters/rules';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { type Candidate, groupsOf, impactOf } from './choose-accounts';
import { confirmForProposal } from './confirm-for-proposal';
import { type FrozenAccount, freezeList } from './freeze-list';
import { payingCap, refuseBlocked } from './guardrails';
import type { ProposeInput } from './propose-schema';
import { readTiers } from './read-tiers';
import { refuseChanged } from './refuse-changed';
import { requireLivePerson } from './require-live-person';
import { accountsOfTier, approvalsRequired, proposalRef, readCaps } from './rules';
import { isCore } from './suggest-split';
import { type Weighed, weighProposal } from './weigh-proposal';
import { withdrawReplaced } from './withdraw-replaced';

/** Milliseconds that a large list may take to be read, weighed and written. */
const LONG_MS = 120_000;

/**
 * Freezes the list that was previewed, and one action, for others to approve. A cluster that is not confirmed yet is
 * claimed and confirmed on the way. Nothing is done to any account until enough other people approve exactly this list.
 * @throws AppError forbidden, not_found, bad_input (empty or foreign list), limit (hard cap), conflict (lost claim, or
 *   the list has changed since its preview)
 */
export async function createProposal(actor: Actor, input: ProposeInput): Promise<{ id: number }> {
  return refusing(actor, input, async (tx) => {
    const { person, clusterName, weighed } = await weighForGood(tx, actor, input);
    if (input.replaces !== undefined) await withdrawReplaced(tx, person, input.replaces);
    return freezeList(tx, person, {
      ...common(input, weighed),
      clusterName,
      action: input.action,
      countermeasure: input.countermeasure,
      replacesId: input.replaces,
      accounts: weighed.chosen.map(frozen),
      impact: weighed.preview.impact,
      approvalsRequired: weighed.preview.approvalsRequired,
      freshMinutes: weighed.preview.freshMinutes,
      leftOut: weighed.preview.leftOut,
    });
  });
}

/**
 * The graduated answer: a ban of the core and a verification of the fringe of one previewed list, as two proposals in
 * one transaction, each with its hash and its approvals. @throws AppError as createProposal; conflict when the list
 * holds no fringe any more
 */
export async function createSplit(
  actor: Actor,
  input: ProposeInput,
): Promise<{ banId: number; verifyId: number }> {
  return refusing(actor, input, async (tx) => {
    const { person, clusterName, weighed } = await weighForGood(tx, actor, input);
    if (!weighed.preview.split) {
      throw new AppError(
        'conflict',
        'There is nothing to split: the list has no fringe. Propose it as it is.',
      );
    }
    if (input.replaces !== undefined) await withdrawReplaced(tx, person, input.replaces);
    const tiers = (await readTiers(tx)).value;
    const half = (action: 'ban' | 'require_verification', chosen: Candidate[], companionId?: number) => {
      // Split or not, it takes the same people: the other half counts as any other list of the day does.
      const alongside = accountsOfTier(weighed.preview.impact) - chosen.length;
      const impact = { ...impactOf(chosen), alongside };
      refuseBlocked([payingCap(impact, readCaps(process.env))]);
      const approvals = Math.max(approvalsRequired(impact, tiers, action), weighed.preview.approvalsRequired);
      return freezeList(tx, person, {
        ...common(input, weighed),
        clusterName,
        action,
        companionId,
        replacesId: input.replaces,
        accounts: chosen.map(frozen),
        impact,
        approvalsRequired: approvals,
        freshMinutes: approvals > 1 ? tiers.freshMinutes : null,
      });
    };
    const ban = await half('ban', weighed.chosen.filter(isCore));
    const fringe = weighed.chosen.filter((candidate) => !isCore(candidate));
    const verify = await half('require_verification', fringe, ban.id);
    return { banId: ban.id, verifyId: verify.id };
  });
}

function common(input: ProposeInput, { source, tiersVersion, waitHours }: Weighed) {
  return {
    reason: storableText(input.reason),
    reasonCode: input.reasonCode,
    source: source.source,
    detail: { ...source.detail, excluded: input.exclude },
    clusterId: source.clusterId,
    tiersVersion,
    waitHours,
  };
}

function frozen(candidate: Candidate): FrozenAccount {
  const { accountKey, accountId, strength, clusterId, kinds } = candidate;
  return { accountKey, accountId, strength, clusterId, kinds, groups: groupsOf(candidate) };
}

/** The person, the confirmed cluster and the list, all held until the transaction ends, and the list unchanged. */
async function weighForGood(
  tx: Transaction,
  actor: Actor,
  input: ProposeInput,
): Promise<{ person: Person; clusterName: string | null; weighed: Weighed }> {
  const person = await requireLivePerson(tx, actor, 'proposal.create');
  const reason = storableText(input.reason);
  const clusterId = await clusterOf(tx, input);
  const clusterName = clusterId === null ? null : await confirmForProposal(tx, person, clusterId, reason);
  let weighed = await weighProposal(tx, person, input);
  if (input.action === 'ban' && clusterId === null) {
    // Nobody dismisses a cluster that speaks for an account while the list is being frozen.
    const ids = [...new Set(weighed.chosen.flatMap((c) => c.clusterId ?? []))];
    const [changed] = await tx.$queryRaw<{ id: number }[]>`
      SELECT id FROM (SELECT id, status FROM cluster WHERE id = ANY(${ids}::int[]) ORDER BY id FOR SHARE) c
      WHERE status <> 'confirmed' LIMIT 1`;
    if (changed) weighed = await weighProposal(tx, person, input);
  }
  refuseBlocked(weighed.preview.guardrails);
  refuseChanged(input, weighed);
  return { person, clusterName, weighed };
}

/** The cluster that a list is of: named, or that of the proposal whose late joiners it holds. */
async function clusterOf(tx: Transaction, input: ProposeInput): Promise<number | null> {
  if (input.clusterId !== undefined) return input.clusterId;
  const earlierId = input.lateOf ?? input.relistOf;
  if (earlierId === undefined) return null;
  const earlier = await tx.proposal.findUnique({
    where: { id: earlierId },
    select: { clusterId: true },
  });
  return earlier?.clusterId ?? null;
}

async function refusing<T>(
  actor: Actor,
  input: ProposeInput,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(work, LONG_MS);
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') {
      await writeRefusal(actor, {
        verb: 'proposal.create',
        object:
          input.clusterId !== undefined
            ? { type: 'cluster', id: clusterRef(input.clusterId) }
            : { type: 'proposal', id: input.lateOf === undefined ? 'new' : proposalRef(input.lateOf) },
        reason: error.forPerson,
        detail: { action: input.action },
      });
    }
    throw error;
  }
}
