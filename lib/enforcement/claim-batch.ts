import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { Prisma } from '@/lib/database/generated/client';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import type { ClaimedItem } from './call-provider';
import { auditObject } from './lock-proposal';
import { ACCOUNT_STATES, type AccountState, isAlready, stricterActions, stricterStates } from './rules';
import type { ProposalStatus, StatusAction } from './schema';

/** Seconds after which a claimed item whose worker vanished may be claimed again, with the same key. */
const LEASE_SECONDS = 30;

/** Seconds until the next look at accounts that other proposals hold. */
const HELD_SECONDS = 6;

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

interface Claimer {
  id: number;
  action: StatusAction;
  clusterName: string | null;
}

interface Row extends ClaimedItem {
  state: string;
  outcome: string | null;
}

/**
 * Claims up to `limit` items of the current stage, retries first, unless the proposal was paused or stopped. A claim is
 * a lease: when its holder vanishes, the next one repeats the calls with the same keys. Accounts that came into the
 * state in the meantime are skipped and written down here; those that another proposal holds are left for later.
 */
export async function claimBatch(
  actor: Actor,
  proposal: Claimer,
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

/** In three steps, since each must see what was committed while the one before waited: the items that are due, their
 * accounts (in the order of their keys, as everybody locks them), and the claim of those that nobody holds by then. */
async function claim(tx: Transaction, proposal: Claimer, stage: number, limit: number): Promise<Row[]> {
  const due = await tx.$queryRaw<{ key: number }[]>`
    SELECT i.account_key AS key FROM proposal_item i
    WHERE i.proposal_id = ${proposal.id} AND i.stage = ${stage}::smallint
      AND (i.state = 'waiting' OR i.state IN ('retrying', 'sent') AND i.next_attempt_at <= now())
      AND NOT ${isHeld(proposal)}
    ORDER BY i.state = 'waiting', i.next_attempt_at, i.strength DESC, i.account_key
    LIMIT ${limit}::int FOR UPDATE OF i SKIP LOCKED`;
  const keys = due.map((row) => row.key);
  if (keys.length === 0) return [];
  await tx.$executeRaw`SELECT 1 FROM account WHERE key = ANY(${keys}::int[]) ORDER BY key FOR NO KEY UPDATE`;
  const already = ACCOUNT_STATES.filter((state) => isAlready(state, proposal.action));
  const stricter = stricterStates(proposal.action);
  return tx.$queryRaw`
    WITH due AS (
      SELECT i.account_key, COALESCE(a.enforced_status, a.reported_status) AS current,
        COALESCE(a.enforced_status, a.reported_status)::text = ANY(
          CASE WHEN i.state = 'waiting' THEN ${already}::text[] ELSE ${stricter}::text[] END) AS skip
      FROM proposal_item i JOIN account a ON a.key = i.account_key
      WHERE i.proposal_id = ${proposal.id} AND i.account_key = ANY(${keys}::int[]) AND NOT ${isHeld(proposal)}
    )
    UPDATE proposal_item i SET
      state = (CASE WHEN due.skip THEN 'skipped' ELSE 'sent' END)::item_state,
      attempts = i.attempts + (CASE WHEN due.skip THEN 0 ELSE 1 END),
      previous_status = COALESCE(i.previous_status, due.current),
      outcome = CASE WHEN due.skip THEN (${WORDS}::jsonb ->> due.current::text)
          || (CASE WHEN i.attempts > 0 THEN ', not tried again' ELSE '' END)
        ELSE i.outcome END,
      sent_at = CASE WHEN due.skip THEN i.sent_at ELSE now() END,
      done_at = CASE WHEN due.skip THEN now() END,
      next_attempt_at = CASE WHEN due.skip THEN NULL ELSE now() + make_interval(secs => ${LEASE_SECONDS}::float8) END
    FROM due WHERE i.proposal_id = ${proposal.id} AND i.account_key = due.account_key
    RETURNING i.account_key AS "accountKey", i.account_id AS "accountId", i.attempts::int AS attempts,
      i.state::text AS state, i.outcome`;
}

/** Another proposal holds the account of item i: its call is under way, or it is stricter and to be tried again. Two
 * calls at once would leave the account in the state of whichever came last; so the stricter one comes last. */
function isHeld({ action }: Claimer): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM proposal_item o JOIN proposal q ON q.id = o.proposal_id
    WHERE o.account_key = i.account_key AND o.proposal_id <> i.proposal_id
      AND (o.state = 'sent' AND o.next_attempt_at > now()
        OR o.state IN ('sent', 'retrying') AND q.status IN ('running', 'paused')
          AND q.action::text = ANY(${stricterActions(action)}::text[])))`;
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

/** What could be claimed by its time and was not is held by others: it is looked at again after a while. */
async function secondsUntilDue(tx: Transaction, id: number, stage: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ left: number | null }[]>`
    SELECT min(CASE WHEN next_attempt_at > now() THEN extract(epoch FROM next_attempt_at - now())::float8
      ELSE ${HELD_SECONDS}::float8 END) AS left
    FROM proposal_item
    WHERE proposal_id = ${id} AND stage = ${stage}::smallint AND state IN ('waiting', 'sent', 'retrying')`;
  return Math.max(0.05, row?.left ?? 0.05);
}

async function auditSkipped(
  tx: Transaction,
  actor: Actor,
  proposal: Claimer,
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
