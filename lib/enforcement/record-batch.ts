import type { Actor } from '@/lib/access/schema';
import { writeBulkAudit } from '@/lib/audit/write-audit';
import { type BulkTransaction, inBulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';
import type { CallResult } from './call-provider';
import { STANDSTILL_MS } from './execution-rules';
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
  return inBulkTransaction(async (tx) => {
    const lost = await recordItems(tx, proposal.id, claim.id, settled);
    const mine = settled.filter((s) => !lost.has(s.accountKey));
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

/** Most items of a batch end alike: what became of them goes once, and each names it by its number.
 * @returns the accounts whose item this batch held no more */
async function recordItems(
  tx: BulkTransaction,
  proposalId: number,
  claimId: number,
  settled: readonly Settled[],
): Promise<Set<number>> {
  const endings = new Map<string, number>();
  const numbers = settled.map(({ state, attempts, outcome, retrySeconds }) => {
    const ending = JSON.stringify({ state, attempts, outcome, retry: retrySeconds });
    const known = endings.get(ending) ?? endings.size;
    endings.set(ending, known);
    return known;
  });
  const rows = await tx.query<{ key: number }>(Prisma.sql`
    WITH ending AS MATERIALIZED (
      SELECT r.*, (row_number() OVER () - 1)::int AS n FROM json_to_recordset(${`[${[...endings.keys()].join(',')}]`}::json)
        AS r (state item_state, attempts smallint, outcome text, retry float8)
    ), settled AS MATERIALIZED (
      SELECT s.key, s.took, ending.* FROM unnest(${ints(settled.map((s) => s.accountKey))}::int[],
        ${ints(settled.map((s) => s.tookMs))}::int[], ${ints(numbers)}::int[]) AS s (key, took, number)
      JOIN ending ON ending.n = s.number
    ), recorded AS (
      UPDATE proposal_item i SET
        state = r.state,
        attempts = r.attempts,
        outcome = COALESCE(r.outcome, i.outcome),
        took_ms = CASE WHEN r.outcome IS NULL THEN i.took_ms ELSE r.took END,
        sent_at = CASE WHEN r.state = 'waiting' THEN NULL ELSE i.sent_at END,
        done_at = CASE WHEN r.state IN ('done', 'dead') THEN now() END,
        next_attempt_at = CASE WHEN r.state = 'retrying' THEN now() + make_interval(secs => r.retry) END
      FROM settled r
      -- A CASE, since the planner has seen no such item when it last looked, and would go through all for each.
      WHERE i.proposal_id = ${proposalId} AND i.account_key = r.key
        AND CASE WHEN i.state = 'sent' THEN i.claim_id = ${claimId} ELSE FALSE END
      RETURNING i.account_key
    )
    SELECT key FROM settled WHERE key NOT IN (SELECT account_key FROM recorded)`);
  return new Set(rows.map((row) => row.key));
}

/** An array as Postgres reads it: the driver would go through it element by element. */
const ints = (values: readonly number[]): string => `{${values.join(',')}}`;

/** The caps no longer count what was not called after all. */
async function giveBack(tx: BulkTransaction, claimId: number, mine: readonly Settled[]): Promise<void> {
  const back = mine.filter((s) => s.givenBack);
  if (back.length === 0) return;
  const paying = back.filter((s) => s.paying).length;
  await tx.query(Prisma.sql`
    UPDATE enforcement_claim SET accounts = accounts - ${back.length}::int, paying = paying - ${paying}::int
    WHERE id = ${claimId}`);
}
