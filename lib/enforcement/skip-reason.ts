/** SQL: why an account is left as it is, or NULL; of item i, its account a, its claim's proposal p. */
import { Prisma } from '@/lib/database/generated/client';
import { ACCOUNT_STATES, type AccountState, hasTarget, isAlready, stricterStates } from './rules';
import type { EnforcementAction } from './schema';
import { isUnsure } from './unknown-outcome';

const WORDS: Record<AccountState, string> = {
  active: 'already active',
  throttled: 'already throttled',
  verification_required: 'already asked to verify',
  banned: 'already banned',
};

/** What the account is for us now. */
export const CURRENT = Prisma.sql`COALESCE(a.enforced_status, a.reported_status)`;

const IN_WORDS = Prisma.sql`${WORDS}::jsonb ->> ${CURRENT}::text`;

/** The account was put on the never-ban list or under legal hold since the list was approved. */
function heldReason(action: EnforcementAction): Prisma.Sql {
  return Prisma.sql`WHEN a.key IN (SELECT account_key FROM account_hold WHERE ended_at IS NULL)
      AND hold_against(a.key, ${action}) IS NOT NULL
    THEN CASE hold_against(a.key, ${action}) WHEN 'legal_hold' THEN 'under legal hold' ELSE 'on the never-ban list' END`;
}

/** In the state, or in a stricter one that must not be loosened. An earlier try may have brought the state about, so
 * that a retry is left out for a stricter one alone. */
function stateReason(action: EnforcementAction): Prisma.Sql {
  if (!hasTarget(action)) return Prisma.empty;
  const already = ACCOUNT_STATES.filter((state) => isAlready(state, action));
  // Compared as what they are: turning the state of each account into text costs as much as reading it.
  return Prisma.sql`WHEN ${CURRENT} = ANY(CASE WHEN i.state = 'waiting' THEN ${already}::text[]::account_status[]
      ELSE ${stricterStates(action)}::text[]::account_status[] END)
    THEN ${IN_WORDS}`;
}

const COUNTERMEASURE_REASON = Prisma.sql`WHEN i.state = 'waiting' AND EXISTS (
    SELECT FROM account_countermeasure c WHERE c.account_key = a.key AND c.countermeasure = p.countermeasure)
  THEN 'already in force'`;

/** The effect of `o` was there and nobody has taken it back. */
const IN_FORCE = Prisma.sql`o.state = 'done' AND NOT q.shadow AND NOT EXISTS (
  SELECT FROM proposal_item r JOIN proposal rp ON rp.id = r.proposal_id
  WHERE r.restores_proposal_id = o.proposal_id AND r.account_key = o.account_key AND r.state = 'done' AND NOT rp.shadow)`;

/**
 * A restore takes back what one action did. An action that came later and is in force keeps the account where it is:
 * it is restored for itself. So does what the provider did of its own accord. What is active already has nothing to
 * give back, unless the provider may have done what nobody has an answer to.
 */
const RESTORE_REASON = Prisma.sql`
  WHEN i.target_status IS NOT NULL AND EXISTS (
    SELECT FROM proposal_item o JOIN proposal q ON q.id = o.proposal_id
    WHERE o.account_key = i.account_key AND o.proposal_id IS DISTINCT FROM i.restores_proposal_id
      AND q.action::text IN ('throttle', 'require_verification', 'ban') AND ${IN_FORCE}
      AND o.done_at > COALESCE((SELECT s.done_at FROM proposal_item s
        WHERE s.proposal_id = i.restores_proposal_id AND s.account_key = i.account_key), p.proposed_at))
    THEN 'left as it is: a later action holds it'
  WHEN i.target_status IS NOT NULL AND a.reported_status > ${CURRENT} AND a.reported_at > a.enforced_at
    THEN 'left as it is: the provider reports it ' || a.reported_status::text
  WHEN i.state = 'waiting' AND ${CURRENT} <= i.target_status AND i.lifts = '{}' AND NOT EXISTS (
    SELECT FROM proposal_item s JOIN proposal sp ON sp.id = s.proposal_id
    WHERE s.proposal_id = i.restores_proposal_id AND s.account_key = i.account_key
      AND ${isUnsure(Prisma.raw('s'), Prisma.raw('sp'))})
    THEN ${IN_WORDS}`;

export function skipReason(action: EnforcementAction): Prisma.Sql {
  const own =
    action === 'restore'
      ? RESTORE_REASON
      : action === 'countermeasure'
        ? COUNTERMEASURE_REASON
        : stateReason(action);
  return Prisma.sql`CASE ${heldReason(action)} ${own} END`;
}
