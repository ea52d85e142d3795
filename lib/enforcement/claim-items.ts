import type { BulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';

import { FAR_OFF_SECONDS } from './execution-rules';
import type { StartedProposal } from './move-execution';
import { type AccountState, hasTarget, PAYING_DAYS, stricterActions, TARGET_STATE } from './rules';
import type { EnforcementAction } from './schema';
import { CURRENT, skipReason } from './skip-reason';
import { MAY_HAVE_ACTED } from './unknown-outcome';
import { IS_OPEN } from './unpack-claims';

/** An item as its claim leaves it: to be called, or settled without a call. */
export interface ClaimedItem {
  accountKey: number;
  accountId: string;
  /** This try, from 1. */
  attempts: number;
  /** Dead: left as it is as well, but an earlier call may have taken effect. */
  state: 'sent' | 'skipped' | 'dead';
  outcome: string | null;
  /** What the account is before the call. */
  current: AccountState;
  /** Of a restore: the state to return to, null to leave it; and the countermeasures to lift. */
  target: AccountState | null;
  lifts: string[];
  /** Not under way before: what the caps count. The claim holds it, its item still waits. */
  fresh: boolean;
  /** Of the fresh, those that were given up once and that a person has tried anew. */
  again: boolean;
  paying: boolean;
}

/** Where and for whom items are claimed. */
export interface ItemClaimer {
  claimId: number;
  proposal: Pick<StartedProposal, 'id' | 'action'>;
  stage: number;
  leaseSeconds: number;
  /** Other lists that may be acting on the same accounts. */
  others: readonly number[];
  /** Some of them have claims that hold accounts. */
  othersHold: boolean;
}

/** Retries whose time has come, and claims of others that have run out. */
export function claimDue(tx: BulkTransaction, claimer: ItemClaimer, limit: number): Promise<ClaimedItem[]> {
  return claim(
    tx,
    claimer,
    Prisma.sql`i.state IN ('retrying', 'sent') AND (i.next_attempt_at <= now()
      OR i.next_attempt_at > now() + make_interval(secs => ${FAR_OFF_SECONDS}::float8))`,
    limit,
  );
}

/** Accounts that wait for their turn, in the order of their keys, from behind `after`.
 * @param onlyAgain those that were given up once and that a person has tried anew */
export async function claimFresh(
  tx: BulkTransaction,
  claimer: ItemClaimer,
  limit: number,
  after: number,
  onlyAgain: boolean,
): Promise<ClaimedItem[]> {
  const again = onlyAgain ? Prisma.sql`AND i.sent_at IS NOT NULL` : Prisma.empty;
  const which = Prisma.sql`i.state = 'waiting' AND i.account_key > ${after}::int ${again}`;
  return (await readFresh(tx, claimer, which, limit)) ?? (await claim(tx, claimer, which, limit));
}

/** What most batches are: accounts of which none is left out, so that there is nothing to mark.
 * @returns undefined when one is */
async function readFresh(
  tx: BulkTransaction,
  claimer: ItemClaimer,
  which: Prisma.Sql,
  limit: number,
): Promise<ClaimedItem[] | undefined> {
  const { proposal, stage } = claimer;
  const [row] = await tx.query<{ items: string | null; leftOut: boolean | null }>(Prisma.sql`
    SELECT ${TAKEN_AS_JSON} AS items, bool_or(reason IS NOT NULL) AS "leftOut" FROM (
      SELECT i.account_key, i.account_id, i.attempts + 1 AS attempts, 'sent' AS state, i.outcome, ${CURRENT} AS current,
        i.target_status, i.lifts, true AS fresh, i.sent_at IS NOT NULL AS again, ${PAYING} AS paying,
        ${skipReason(proposal.action)} AS reason
      FROM proposal_item i JOIN account a ON a.key = i.account_key ${joinProposal(proposal)}
      WHERE i.proposal_id = ${proposal.id} AND i.stage = ${stage}::smallint AND ${which} ${isFree(claimer)}
      ORDER BY i.account_key LIMIT ${limit}::int
    ) taken`);
  return row?.leftOut ? undefined : readItems(row?.items);
}

/**
 * One statement: reads, judges (once: every use of the reason would work it out anew) and marks at one moment. Claims
 * exclude one another, so only the record of an answer can come between; then the item is no longer as it was read, and
 * left alone. What waits and is to be called is not marked: the claim's own row holds it (see writeClaim), so that the
 * item is written once, with its answer.
 */
async function claim(
  tx: BulkTransaction,
  claimer: ItemClaimer,
  which: Prisma.Sql,
  limit: number,
): Promise<ClaimedItem[]> {
  const { claimId, proposal, stage, leaseSeconds } = claimer;
  const [row] = await tx.query<{ items: string | null }>(Prisma.sql`
    WITH picked AS MATERIALIZED (
      SELECT i.ctid AS place, i.account_key, i.account_id, i.state, i.claim_id, i.attempts, i.outcome,
        i.target_status, i.lifts, i.restores_proposal_id, i.sent_at, i.unsure
      FROM proposal_item i
      WHERE i.proposal_id = ${proposal.id} AND i.stage = ${stage}::smallint AND ${which} ${isFree(claimer)}
      ORDER BY i.account_key LIMIT ${limit}::int
    ), judged AS MATERIALIZED (
      SELECT i.place, i.account_key, i.account_id, i.state, i.claim_id, i.attempts, i.outcome, i.target_status, i.lifts,
        i.sent_at, ${CURRENT} AS current, ${skipReason(proposal.action)} AS reason,
        i.unsure OR i.state = 'sent' AND NOT (SELECT shadow FROM proposal WHERE id = ${proposal.id}) AS unsure,
        ${PAYING} AS paying
      FROM picked i JOIN account a ON a.key = i.account_key ${joinProposal(proposal)}
    ), marked AS (
      UPDATE proposal_item i SET
        state = (CASE WHEN j.reason IS NULL THEN 'sent' WHEN j.unsure THEN 'dead' ELSE 'skipped' END)::item_state,
        claim_id = ${claimId}::int,
        attempts = i.attempts + (CASE WHEN j.reason IS NULL THEN 1 ELSE 0 END),
        previous_status = COALESCE(i.previous_status, j.current),
        outcome = CASE WHEN j.reason IS NULL THEN i.outcome
          WHEN j.unsure THEN concat(${`${MAY_HAVE_ACTED}; since then `}::text, j.reason, ${advice(proposal.action)}::text)
          WHEN i.attempts = 0 THEN j.reason
          ELSE j.reason || ', not tried again' END,
        unsure = j.unsure,
        sent_at = CASE WHEN j.reason IS NULL THEN now() ELSE i.sent_at END,
        done_at = CASE WHEN j.reason IS NOT NULL THEN now() END,
        next_attempt_at = CASE WHEN j.reason IS NULL THEN now() + make_interval(secs => ${leaseSeconds}::float8) END
      FROM judged j
      WHERE (j.reason IS NOT NULL OR j.state <> 'waiting')
        -- Its place finds it without an index; state and claim tell whether it is still as it was read.
        AND i.ctid = j.place AND i.state = j.state AND i.claim_id IS NOT DISTINCT FROM j.claim_id
      RETURNING i.account_key, i.account_id, i.attempts, i.state::text, i.outcome, j.current, i.target_status, i.lifts,
        j.state = 'waiting' AS fresh, false AS again, j.paying
    ), taken AS (
      SELECT * FROM marked
      UNION ALL
      SELECT account_key, account_id, attempts + 1, 'sent', outcome, current, target_status, lifts, true,
        sent_at IS NOT NULL, paying
      FROM judged WHERE reason IS NULL AND state = 'waiting'
    )
    SELECT ${TAKEN_AS_JSON} AS items FROM taken`);
  return readItems(row?.items);
}

/** SQL: account a pays. */
const PAYING = Prisma.sql`COALESCE(a.monthly_spend_usd, 0) > 0
  OR COALESCE(a.last_paid_at > now() - make_interval(days => ${PAYING_DAYS}::int), false)`;

/** The claim's proposal as p, where the reason to leave an account out asks for it. */
const joinProposal = ({ id, action }: ItemClaimer['proposal']): Prisma.Sql =>
  hasTarget(action) ? Prisma.empty : Prisma.sql`JOIN proposal p ON p.id = ${id}`;

/** SQL: what was taken as one text of JSON, put together by hand: rows, or json_agg, take longer than all the rest. */
const TAKEN_AS_JSON = Prisma.sql`'[' || string_agg(CASE
  WHEN fresh AND attempts = 1 AND outcome IS NULL AND current = 'active' AND target_status IS NULL AND lifts = '{}'
    AND NOT again AND NOT paying
  THEN '[' || account_key || ',' || to_json(account_id) || ']'
  ELSE concat('[', account_key, ',', to_json(account_id), ',', attempts, ',"', state, '",',
    COALESCE(to_json(outcome)::text, 'null'), ',"', current, '",', COALESCE('"' || target_status || '"', 'null'), ',',
    CASE WHEN lifts = '{}' THEN '[]' ELSE to_json(lifts)::text END, ',', fresh::int, ',', again::int, ',', paying::int,
    ']')
  END, ',') || ']'`;

const readItems = (json: string | null | undefined): ClaimedItem[] =>
  json ? (JSON.parse(json) as MarkedRow[]).map(toItem) : [];

/** What a person can do about an account that nobody tries again. */
const advice = (action: EnforcementAction): string =>
  action === 'restore' ? ': check at the provider' : ': restore it or check at the provider';

/** The key and the id stand alone for what is tried for the first time and is like most: active, not paying. */
type MarkedRow = [number, string] | WholeRow;
type WholeRow = [
  number,
  string,
  number,
  ClaimedItem['state'],
  string | null,
  AccountState,
  AccountState | null,
  string[],
  0 | 1,
  0 | 1,
  0 | 1,
];

function toItem(row: MarkedRow): ClaimedItem {
  const whole: WholeRow =
    row.length === 2 ? [row[0], row[1], 1, 'sent', null, 'active', null, [], 1, 0, 0] : row;
  const [accountKey, accountId, attempts, state, outcome, current, target, lifts, fresh, again, paying] =
    whole;
  return {
    accountKey,
    accountId,
    attempts,
    state,
    outcome,
    current,
    target,
    lifts,
    fresh: fresh === 1,
    again: again === 1,
    paying: paying === 1,
  };
}

/** No other list holds the account of item i: no call to it is under way, and none that is to be tried again is
 * stricter. Two calls at once would leave the account in the state of whichever came last; so the stricter one comes
 * last. */
function isFree({ proposal: { action }, others, othersHold }: ItemClaimer): Prisma.Sql {
  if (others.length === 0) return Prisma.empty;
  const stricter = hasTarget(action)
    ? stricterActions(action)
    : action === 'restore'
      ? Object.keys(TARGET_STATE)
      : [];
  const goesOnStricter = Prisma.sql`q.status IN ('running', 'paused') AND q.action::text = ANY(${stricter}::text[])`;
  const held = Prisma.sql`AND i.account_key NOT IN (
    SELECT unnest(c.keys) FROM enforcement_claim c JOIN proposal q ON q.id = c.proposal_id
    WHERE ${IS_OPEN} AND q.id = ANY(${others}::int[]) AND (c.lease_until > now() OR ${goesOnStricter}))`;
  return Prisma.sql`AND NOT EXISTS (
    SELECT FROM proposal_item o JOIN proposal q ON q.id = o.proposal_id
    WHERE o.account_key = i.account_key AND o.proposal_id = ANY(${others}::int[])
      AND (o.state = 'sent' AND o.next_attempt_at > now() OR o.state IN ('sent', 'retrying') AND ${goesOnStricter}))
    ${othersHold ? held : Prisma.empty}`;
}
