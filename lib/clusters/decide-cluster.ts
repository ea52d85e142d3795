import { requireRight } from '@/lib/access/require-right';
import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import {
  claimConflict,
  moved,
  readStanding,
  refuseConflict,
  type Standing,
  statusConflict,
} from './cluster-standing';
import { LIVE_PROPOSALS } from './live-proposals';
import { endMutesOf, mutePattern } from './mutes/mute-pattern';
import { requireUser } from './require-user';
import { drawSample } from './review/draw-sample';
import { clusterRef, FROM_STATUS } from './rules';
import type { DecideInput } from './schema';
import type { StoredStanding } from './undo-schema';

const ASKED = { confirm: 'confirmed', dismiss: 'dismissed', reopen: 'reopened' } as const;

/**
 * Confirms, dismisses or reopens a cluster, with the reason. Deciding an unclaimed cluster claims it; dismissing and
 * reopening end the claim. A list that waits or runs holds its cluster confirmed until it ends.
 * @throws AppError forbidden, not_found; conflict when it is someone else's, in a state that does not allow it, or
 * has a live proposal (kept as refused)
 */
export async function decideCluster(actor: Actor, input: DecideInput): Promise<void> {
  requireRight(actor, 'cluster.decide');
  const person = requireUser(actor);
  const verb = `cluster.${input.verdict}` as const;
  await refuseConflict(actor, verb, input.clusterId, () =>
    inTransaction((tx) => decide(tx, person, { ...input, reason: storableText(input.reason) })),
  );
}

async function decide(tx: Transaction, person: Person, input: DecideInput): Promise<void> {
  const { verdict, reasonCode, reason } = input;
  const before = await readStanding(tx, input.clusterId);
  if (before.assigneeId !== null && before.assigneeId !== person.id) throw claimConflict(before);
  if (!(FROM_STATUS[verdict] as readonly string[]).includes(before.status)) {
    throw statusConflict(ASKED[verdict], before);
  }
  const after = standingAfter(verdict, before, person);
  // Whoever read the same state and writes second finds it changed, and loses.
  const { count } = await tx.cluster.updateMany({
    where: { id: before.id, status: before.status, assigneeId: before.assigneeId },
    data: { ...after, updatedAt: new Date() },
  });
  if (count === 0) throw await moved(tx, before.id, ASKED[verdict]);
  if (verdict !== 'confirm')
    await refuseWithLiveProposal(tx, before.id, `this cluster cannot be ${ASKED[verdict]}`);
  const decision = await tx.decision.create({
    data: {
      clusterId: before.id,
      verdict,
      reasonCode,
      reason,
      authorId: person.id,
      before: { ...standingOf(before) },
    },
  });
  const muted = await settleMutes(tx, input, before, decision.id);
  if (verdict === 'confirm') await drawSample(tx, decision);
  await writeAudit(tx, person, {
    verb: `cluster.${verdict}`,
    object: { type: 'cluster', id: clusterRef(before.id), label: before.name },
    reason,
    before: {
      status: before.status,
      assignee: before.assignee?.name ?? null,
      reopened: before.reopenedCause,
    },
    after: {
      status: after.status,
      assignee: after.assigneeId === null ? null : person.name,
      reopened: after.reopenedCause,
      reason_code: reasonCode,
      ...muted,
    },
    detail: { accounts: before.accounts, score: before.score },
  });
}

/** A dismissal may mute its pattern; deciding anew ends the mutes that the cluster had. @returns what the audit says of it */
async function settleMutes(
  tx: Transaction,
  input: DecideInput,
  { id, accounts }: Standing,
  decisionId: number,
): Promise<Record<string, unknown>> {
  if (input.verdict === 'confirm') return {};
  const ended = await endMutesOf(tx, id, input.verdict === 'reopen' ? 'reopened' : 'replaced');
  const before = ended > 0 ? { mutes_ended: ended } : {};
  if (input.verdict !== 'dismiss' || input.muteDays === undefined) return before;
  const until = await mutePattern(tx, { clusterId: id, decisionId, accounts }, input.muteDays);
  return { ...before, muted_until: until.toISOString() };
}

/** What a decision changes of a cluster, as it was before. */
function standingOf({ status, assigneeId, claimedAt, reopenedCause }: Standing): StoredStanding {
  return { status, assigneeId, claimedAt: claimedAt?.toISOString() ?? null, reopenedCause };
}

function standingAfter(verdict: DecideInput['verdict'], before: Standing, person: Person) {
  if (verdict === 'confirm') {
    const claimedAt = before.claimedAt ?? new Date();
    return { status: 'confirmed', assigneeId: person.id, claimedAt, reopenedCause: null } as const;
  }
  const nobody = { assigneeId: null, claimedAt: null };
  if (verdict === 'dismiss') return { status: 'dismissed', ...nobody, reopenedCause: null } as const;
  return { status: 'open', ...nobody, reopenedCause: 'person' } as const;
}

/** Asked after the cluster's row is ours: proposing writes that row too, so none can slip in between. */
export async function refuseWithLiveProposal(tx: Transaction, clusterId: number, so: string): Promise<void> {
  const live = await tx.proposal.findFirst({
    where: { clusterId, status: { in: [...LIVE_PROPOSALS] } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  if (!live) return;
  throw new AppError(
    'conflict',
    `P-${live.id} is not finished, so ${so}. Withdraw or stop P-${live.id} first.`,
  );
}
