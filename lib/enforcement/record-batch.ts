import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import type { CallResult } from './call-provider';
import { endWhenStill } from './end-when-still';
import { auditObject } from './lock-proposal';
import type { StartedProposal } from './move-execution';
import { recordEffects } from './record-effects';
import { auditAccount, type Settled, settle } from './settle-result';

/** What became of a batch. */
export interface Recorded {
  done: number;
  retrying: number;
  dead: number;
  /** Not called. */
  givenBack: number;
  /** Answers of ours that were not written down: somebody else holds these accounts by now. */
  lost: number;
}

/**
 * Writes what a batch came to: items, the accounts' own state and one audit entry, in one transaction. An item whose
 * fencing token is no longer the batch's (its lease had run out and somebody claimed it anew) is left to whoever holds
 * it. In shadow mode no account changes its state: nothing was done to it.
 */
export async function recordBatch(
  actor: Actor,
  proposal: StartedProposal,
  claim: { id: number; stage: number },
  results: readonly CallResult[],
): Promise<Recorded> {
  const settled = results.map((result) => settle(result, proposal.shadow));
  return inTransaction(async (tx) => {
    await endWhenStill(tx);
    const held = await recordItems(tx, proposal.id, claim.id, settled);
    const mine = settled.filter((s) => held.has(s.accountKey));
    const of = (state: Settled['state']) => mine.filter((s) => s.state === state && s.outcome !== null);
    const done = of('done').map((s) => s.accountKey);
    if (!proposal.shadow) await recordEffects(tx, proposal, done);
    await giveBack(tx, claim.id, mine);
    const called = mine.filter((s) => s.outcome !== null);
    const recorded = {
      done: done.length,
      retrying: of('retrying').length,
      dead: of('dead').length,
      givenBack: mine.length - called.length,
      lost: settled.length - mine.length,
    };
    if (called.length > 0) await auditBatch(tx, actor, proposal, claim.stage, called, recorded);
    return recorded;
  });
}

async function auditBatch(
  tx: Transaction,
  actor: Actor,
  proposal: StartedProposal,
  stage: number,
  called: readonly Settled[],
  { done, retrying, dead }: Recorded,
): Promise<void> {
  const { action, shadow } = proposal;
  await writeAudit(tx, actor, {
    verb: 'enforcement.apply',
    object: auditObject(proposal),
    detail: {
      action,
      stage,
      ...(shadow && { shadow }),
      done,
      retrying,
      dead,
      accounts: called.map(auditAccount),
    },
  });
}

/** @returns the accounts whose item this batch still held */
async function recordItems(
  tx: Transaction,
  proposalId: number,
  claimId: number,
  settled: readonly Settled[],
): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ key: number }[]>`
    UPDATE proposal_item i SET
      state = r.state::item_state,
      attempts = r.attempts,
      outcome = COALESCE(r.outcome, i.outcome),
      took_ms = CASE WHEN r.outcome IS NULL THEN i.took_ms ELSE r.took_ms END,
      sent_at = CASE WHEN r.state = 'waiting' THEN NULL ELSE i.sent_at END,
      done_at = CASE WHEN r.state IN ('done', 'dead') THEN now() END,
      next_attempt_at = CASE WHEN r.state = 'retrying' THEN now() + make_interval(secs => r.retry) END
    FROM unnest(
      ${settled.map((s) => s.accountKey)}::int[], ${settled.map((s) => s.attempts)}::int[],
      ${settled.map((s) => s.state)}::text[], ${settled.map((s) => s.outcome)}::text[],
      ${settled.map((s) => s.tookMs)}::int[], ${settled.map((s) => s.retrySeconds)}::float8[]
    ) AS r (account_key, attempts, state, outcome, took_ms, retry)
    WHERE i.proposal_id = ${proposalId} AND i.account_key = r.account_key
      AND i.state = 'sent' AND i.claim_id = ${claimId}
    RETURNING i.account_key AS key`;
  return new Set(rows.map((row) => row.key));
}

/** The caps no longer count what was not called after all. */
async function giveBack(tx: Transaction, claimId: number, mine: readonly Settled[]): Promise<void> {
  const back = mine.filter((s) => s.givenBack);
  if (back.length === 0) return;
  await tx.enforcementClaim.update({
    where: { id: claimId },
    data: {
      accounts: { decrement: back.length },
      paying: { decrement: back.filter((s) => s.paying).length },
    },
  });
}
