import type { BulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';
import type { CapUse } from './execution-rules';
import type { ProposalStatus } from './schema';
import { IS_OPEN } from './unpack-claims';

/** "weir" and "claim" in ASCII. Claims of all lists come one after the other, so that what the caps leave is read and
 * taken in one step, and no two lists take on the same account at once. Nothing else waits for this lock. */
const GATE = [0x77656972, 0x636c6169] as const;

/** Holds the proposal, which keeps a pause back until the claim is committed, so that none slips in behind it; then waits
 * for the gate. @returns undefined when there is no such proposal */
export async function enterGate(
  tx: BulkTransaction,
  id: number,
): Promise<{ status: ProposalStatus; note: string | null } | undefined> {
  const [row] = await tx.query<{ status: ProposalStatus; note: string | null }>(Prisma.sql`
    WITH held AS MATERIALIZED (SELECT status::text AS status, note FROM proposal WHERE id = ${id} FOR NO KEY UPDATE)
    SELECT held.*, pg_advisory_xact_lock(${GATE[0]}::int, ${GATE[1]}::int)::text AS gate FROM held`);
  return row;
}

/** What may forbid a claim, read at one moment: behind the gate. */
export interface ClaimFacts {
  /** The next fencing token: greater than all before it, used or not. */
  claimId: number;
  /** False when the worker was struck off. */
  alive: boolean;
  /** Why all enforcement is stopped; null while it is not. */
  killed: string | null;
  used: CapUse;
  /** Other lists that may be acting on the same accounts. */
  others: number[];
  /** Claims of others, or of this list's former runs, that hold accounts. */
  othersHold: boolean;
  leftBehind: boolean;
}

export async function readClaimFacts(
  tx: BulkTransaction,
  proposal: { id: number; proposedById: number },
  workerId?: number,
): Promise<ClaimFacts> {
  const [row] = await tx.query<CapUse & Omit<ClaimFacts, 'used'>>(Prisma.sql`
    SELECT nextval('enforcement_claim_id_seq')::int AS "claimId",
      ${workerId ?? null}::int IS NULL OR EXISTS (SELECT FROM worker WHERE id = ${workerId ?? null}::int) AS alive,
      (SELECT reason FROM kill_switch WHERE released_at IS NULL) AS killed,
      own.accounts AS list, own.paying AS "listPaying", recent.hour, recent."personDay",
      ARRAY(SELECT id FROM proposal WHERE id <> ${proposal.id}
        AND (status IN ('running', 'paused') OR status = 'stopped' AND settled_at IS NULL)) AS others,
      EXISTS (SELECT FROM enforcement_claim c WHERE ${IS_OPEN} AND c.proposal_id <> ${proposal.id}) AS "othersHold",
      EXISTS (SELECT FROM enforcement_claim c WHERE ${IS_OPEN} AND c.proposal_id = ${proposal.id}) AS "leftBehind"
    FROM (
      SELECT COALESCE(sum(accounts - again), 0)::int AS accounts, COALESCE(sum(paying), 0)::int AS paying
      FROM enforcement_claim WHERE proposal_id = ${proposal.id}
    ) own, (
      SELECT COALESCE(sum(c.accounts) FILTER (WHERE c.claimed_at > now() - interval '1 hour'), 0)::int AS hour,
        COALESCE(sum(c.accounts) FILTER (WHERE p.proposed_by_id = ${proposal.proposedById}
          AND c.claimed_at >= date_trunc('day', now(), 'UTC')), 0)::int AS "personDay"
      FROM enforcement_claim c JOIN proposal p ON p.id = c.proposal_id
      WHERE c.claimed_at > now() - interval '1 day'
    ) recent`);
  if (!row) throw new Error('an aggregate without a row');
  const { claimId, alive, killed, others, othersHold, leftBehind, ...used } = row;
  return { claimId, alive, killed, used, others, othersHold, leftBehind };
}
