import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import type { ClaimedItem } from './call-provider';
import { auditObject } from './lock-proposal';
import { type AccountState, isAlready } from './rules';
import type { EnforcementAction, ProposalStatus } from './schema';

/** Seconds after which a claimed item whose worker vanished may be claimed again, with the same key. */
const LEASE_SECONDS = 30;

const STATES: AccountState[] = ['active', 'throttled', 'verification_required', 'banned'];
const WORDS: Record<AccountState, string> = {
  active: 'already active',
  throttled: 'already throttled',
  verification_required: 'already asked to verify',
  banned: 'already banned',
};

/** Where the proposal stands: what to call now, or what to wait for. Seconds are from now. */
export interface Claim {
  status: ProposalStatus;
  /** Null when nothing is open any more. */
  stage: number | null;
  items: ClaimedItem[];
  /** Seconds until something of this stage may be done, when nothing may be now. */
  waitSeconds: number;
  /** Some items were settled without a call. */
  skipped: number;
}

interface Row extends ClaimedItem {
  state: string;
  outcome: string | null;
}

/**
 * Claims up to `limit` items of the current stage, retries first, unless the proposal was paused or stopped. A claim is
 * a lease: when its holder vanishes, the next one repeats the calls with the same keys. Accounts that came into the
 * state in the meantime are skipped and written down here.
 */
export async function claimBatch(
  actor: Actor,
  proposal: { id: number; action: EnforcementAction; clusterName: string | null },
  limit: number,
  watchSeconds: number,
): Promise<Claim> {
  return inTransaction(async (tx) => {
    // The share lock holds back a pause until this claim is committed, so that none slips in behind it.
    const [row] = await tx.$queryRaw<{ status: ProposalStatus }[]>`
      SELECT status::text AS status FROM proposal WHERE id = ${proposal.id} FOR SHARE`;
    const status = row?.status ?? 'stopped';
    const nothing = { status, items: [], waitSeconds: 0, skipped: 0 };
    const [open] = await tx.$queryRaw<{ stage: number | null }[]>`
      SELECT min(stage)::int AS stage FROM proposal_item
      WHERE proposal_id = ${proposal.id} AND state IN ('waiting', 'sent', 'retrying')`;
    const stage = open?.stage ?? null;
    if (status !== 'running' || stage === null) return { ...nothing, stage };
    const watch = await secondsOfWatching(tx, proposal.id, stage, watchSeconds);
    if (watch > 0) return { ...nothing, stage, waitSeconds: watch };
    const rows = await claim(tx, proposal, stage, limit);
    const skipped = rows.filter((r) => r.state === 'skipped');
    if (skipped.length > 0) await auditSkipped(tx, actor, proposal, stage, skipped);
    const items = rows.filter((r) => r.state === 'sent');
    const waitSeconds = rows.length > 0 ? 0 : await secondsUntilDue(tx, proposal.id, stage);
    return { status, stage, items, waitSeconds, skipped: skipped.length };
  });
}

async function claim(
  tx: Transaction,
  proposal: { id: number; action: EnforcementAction; clusterName: string | null },
  stage: number,
  limit: number,
): Promise<Row[]> {
  const already = STATES.filter((state) => isAlready(state, proposal.action));
  return tx.$queryRaw`
    WITH due AS (
      SELECT i.account_key, COALESCE(a.enforced_status, a.reported_status) AS current,
        i.state = 'waiting' AND COALESCE(a.enforced_status, a.reported_status)::text = ANY(${already}::text[]) AS skip
      FROM proposal_item i JOIN account a ON a.key = i.account_key
      WHERE i.proposal_id = ${proposal.id} AND i.stage = ${stage}::smallint
        AND (i.state = 'waiting' OR i.state IN ('retrying', 'sent') AND i.next_attempt_at <= now())
      ORDER BY i.state = 'waiting', i.next_attempt_at, i.strength DESC, i.account_key
      LIMIT ${limit}::int FOR UPDATE OF i SKIP LOCKED
    )
    UPDATE proposal_item i SET
      state = (CASE WHEN due.skip THEN 'skipped' ELSE 'sent' END)::item_state,
      attempts = i.attempts + (CASE WHEN due.skip THEN 0 ELSE 1 END),
      previous_status = COALESCE(i.previous_status, due.current),
      outcome = CASE WHEN due.skip THEN ${WORDS}::jsonb ->> due.current::text ELSE i.outcome END,
      sent_at = CASE WHEN due.skip THEN NULL ELSE now() END,
      done_at = CASE WHEN due.skip THEN now() END,
      next_attempt_at = CASE WHEN due.skip THEN NULL ELSE now() + make_interval(secs => ${LEASE_SECONDS}::float8) END
    FROM due WHERE i.proposal_id = ${proposal.id} AND i.account_key = due.account_key
    RETURNING i.account_key AS "accountKey", i.account_id AS "accountId", i.attempts::int AS attempts,
      i.state::text AS state, i.outcome`;
}

/** Seconds that are left of watching the stages before this one; 0 when it may start. */
async function secondsOfWatching(tx: Transaction, id: number, stage: number, watch: number): Promise<number> {
  if (stage === 0) return 0;
  const [row] = await tx.$queryRaw<{ left: number | null }[]>`
    SELECT extract(epoch FROM max(done_at) + make_interval(secs => ${watch}::float8) - now())::float8 AS left
    FROM proposal_item
    WHERE proposal_id = ${id} AND stage < ${stage}::smallint AND state IN ('done', 'dead')`;
  return Math.max(0, row?.left ?? 0);
}

async function secondsUntilDue(tx: Transaction, id: number, stage: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ left: number | null }[]>`
    SELECT extract(epoch FROM min(next_attempt_at) - now())::float8 AS left FROM proposal_item
    WHERE proposal_id = ${id} AND stage = ${stage}::smallint AND state IN ('sent', 'retrying')`;
  return Math.max(0.05, row?.left ?? 0.05);
}

async function auditSkipped(
  tx: Transaction,
  actor: Actor,
  proposal: { id: number; action: EnforcementAction; clusterName: string | null },
  stage: number,
  skipped: readonly Row[],
): Promise<void> {
  await writeAudit(tx, actor, {
    verb: 'enforcement.apply',
    object: auditObject(proposal),
    detail: {
      action: proposal.action,
      stage,
      skipped: skipped.length,
      accounts: skipped.map((row) => ({ id: row.accountId, state: 'skipped', outcome: row.outcome })),
    },
  });
}
