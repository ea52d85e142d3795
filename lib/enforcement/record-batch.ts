import type { Actor } from '@/lib/access/schema';
import { writeBulkAudit } from '@/lib/audit/write-audit';
import { arrayText, type BulkTransaction, inBulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';
import type { CallResult } from './call-provider';
import { STANDSTILL_MS } from './execution-rules';
import { auditObject } from './lock-proposal';
import type { StartedProposal } from './move-execution';
import { recordEffects } from './record-effects';
import { auditAccount, type Settled, settle } from './settle-result';
import { IS_OPEN } from './unpack-claims';

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
 * Writes what a batch came to: items, the accounts' own state and one audit entry, in one transaction. When the claim no
 * longer holds its accounts (its lease had run out and somebody handed them to their items), an item counts only while
 * its fencing token is the batch's: what somebody claimed anew is left to them. In shadow mode no account changes its state: nothing was done to it.
 */
export async function recordBatch(
  actor: Actor,
  proposal: StartedProposal,
  claim: { id: number; stage: number },
  results: readonly CallResult[],
): Promise<Recorded> {
  const settled = results.map((result) => settle(result, proposal.shadow));
  return inBulkTransaction(async (tx) => {
    const claimedAt = await closeClaim(tx, claim.id);
    const lost = await recordItems(tx, proposal.id, { id: claim.id, claimedAt }, settled);
    const mine = lost.size === 0 ? settled : settled.filter((s) => !lost.has(s.result.accountKey));
    const of = (state: Settled['state']) => mine.filter((s) => s.state === state && s.outcome !== null);
    const done = of('done').map((s) => s.result.accountKey);
    if (!proposal.shadow) await recordEffects(tx, proposal, done);
    await giveBack(tx, claim.id, mine);
    const called = mine.filter((s) => s.outcome !== null);
    const recorded = {
      done: done.length,
      retrying: of('retrying').length,
      dead: of('dead').length,
      givenBack: mine.length - called.length,
      lost: lost.size,
    };
    if (called.length > 0) await auditBatch(tx, actor, proposal, claim.stage, called, recorded);
    return recorded;
  }, STANDSTILL_MS);
}

async function auditBatch(
  tx: BulkTransaction,
  actor: Actor,
  proposal: StartedProposal,
  stage: number,
  called: readonly Settled[],
  { done, retrying, dead }: Recorded,
): Promise<void> {
  const { action, shadow } = proposal;
  await writeBulkAudit(tx, actor, {
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

/** The claim holds no accounts any more: they are about to be written down. What waits for the same claim waits for this
 * transaction. @returns when they were claimed; null when it held none any more */
async function closeClaim(tx: BulkTransaction, claimId: number): Promise<string | null> {
  const [open] = await tx.query<{ claimedAt: string }>(Prisma.sql`
    UPDATE enforcement_claim c SET lease_until = NULL
    WHERE id = ${claimId} AND ${IS_OPEN} RETURNING claimed_at::text AS "claimedAt"`);
  return open?.claimedAt ?? null;
}

/** Most items of a batch end alike: what became of them goes once, and each names it by its number.
 * @param claim with the time at which it took the accounts that it held until now
 * @returns the accounts whose item this batch held no more */
async function recordItems(
  tx: BulkTransaction,
  proposalId: number,
  claim: { id: number; claimedAt: string | null },
  settled: readonly Settled[],
): Promise<Set<number>> {
  const isHeld = ({ result }: Settled) => result.fresh && claim.claimedAt !== null;
  // What the claim held and nobody called waits as before.
  const written = settled.filter((s) => !(isHeld(s) && s.state === 'waiting'));
  if (written.length === 0) return new Set();
  const { endings, numbers } = nameEndings(written, isHeld);
  const keys = written.map((s) => s.result.accountKey);
  const took = written.map((s) => s.result.tookMs);
  const [row] = await tx.query<{ lost: number[] | null }>(Prisma.sql`
    WITH ending AS MATERIALIZED (
      SELECT r.*, (row_number() OVER () - 1)::int AS n FROM json_to_recordset(${JSON.stringify(endings)}::json)
        AS r (state item_state, attempts smallint, outcome text, retry float8, unsure boolean, previous account_status,
          held boolean)
    ), settled AS MATERIALIZED (
      SELECT s.key, s.took, ending.* FROM unnest(${arrayText(keys)}::int[],
        ${arrayText(took)}::int[], ${arrayText(numbers)}::int[]) AS s (key, took, number)
      JOIN ending ON ending.n = s.number
    ), recorded AS (
      UPDATE proposal_item i SET
        state = r.state,
        claim_id = ${claim.id}::int,
        attempts = r.attempts,
        previous_status = COALESCE(i.previous_status, r.previous),
        outcome = COALESCE(r.outcome, i.outcome),
        unsure = CASE WHEN r.state = 'done' THEN false ELSE i.unsure OR r.unsure END,
        took_ms = CASE WHEN r.outcome IS NULL THEN i.took_ms ELSE r.took END,
        sent_at = CASE WHEN r.held THEN ${claim.claimedAt}::timestamptz
          WHEN r.state = 'waiting' AND NOT i.unsure THEN NULL ELSE i.sent_at END,
        done_at = CASE WHEN r.state IN ('done', 'dead') THEN now() END,
        next_attempt_at = CASE WHEN r.state = 'retrying' THEN now() + make_interval(secs => r.retry) END
      FROM settled r
      -- A CASE, since the planner has seen no such item when it last looked, and would go through all for each.
      WHERE i.proposal_id = ${proposalId} AND i.account_key = r.key
        AND CASE WHEN r.held THEN i.state = 'waiting' WHEN i.state = 'sent' THEN i.claim_id = ${claim.id} ELSE FALSE END
      RETURNING i.account_key
    )
    SELECT CASE WHEN (SELECT count(*) FROM recorded) < ${written.length}::int
      THEN ARRAY(SELECT key FROM settled WHERE key NOT IN (SELECT account_key FROM recorded)) END AS lost`);
  return new Set(row?.lost);
}

/** Each ending once, and for each item the number of its own. Most are like the one before. */
function nameEndings(
  written: readonly Settled[],
  isHeld: (s: Settled) => boolean,
): { endings: object[]; numbers: number[] } {
  const endings: object[] = [];
  const known = new Map<string, number>();
  let last: Settled | undefined;
  let number = 0;
  const numbers = written.map((s) => {
    const { state, attempts, outcome, retrySeconds: retry, unsure, result } = s;
    const { current: previous, fresh } = result;
    if (last && isSameEnding(last, s)) return number;
    last = s;
    const name = JSON.stringify([state, attempts, outcome, retry, unsure, previous, fresh]);
    number = known.get(name) ?? endings.length;
    if (number === endings.length) {
      known.set(name, number);
      endings.push({ state, attempts, outcome, retry, unsure, previous, held: isHeld(s) });
    }
    return number;
  });
  return { endings, numbers };
}

const isSameEnding = (a: Settled, b: Settled): boolean =>
  a.state === b.state &&
  a.attempts === b.attempts &&
  a.outcome === b.outcome &&
  a.retrySeconds === b.retrySeconds &&
  a.unsure === b.unsure &&
  a.result.current === b.result.current &&
  a.result.fresh === b.result.fresh;

/** The caps no longer count what was not called after all. */
async function giveBack(tx: BulkTransaction, claimId: number, mine: readonly Settled[]): Promise<void> {
  const back = mine.filter((s) => s.givenBack);
  if (back.length === 0) return;
  const again = back.filter((s) => s.result.again).length;
  const paying = back.filter((s) => s.result.paying && !s.result.again).length;
  await tx.query(Prisma.sql`
    UPDATE enforcement_claim SET accounts = accounts - ${back.length}::int, again = again - ${again}::int,
      paying = paying - ${paying}::int
    WHERE id = ${claimId}`);
}
