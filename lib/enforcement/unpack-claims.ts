import { Prisma } from '@/lib/database/generated/client';

/** SQL: claim c holds accounts whose answers are not recorded yet. Their items still wait. */
export const IS_OPEN = Prisma.sql`c.lease_until IS NOT NULL`;

/**
 * SQL that hands the accounts of open claims over to their items, as sent under the claim's fencing token: for whoever
 * finds a claim that its holder left behind, or must not wait for it. The holder may still record its answers, item
 * by item, until somebody else claims them.
 * @param which condition on claim c
 */
export function unpacking(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH open AS MATERIALIZED (
      SELECT c.id, c.proposal_id, c.keys, c.previous, c.claimed_at, c.lease_until FROM enforcement_claim c
      WHERE ${IS_OPEN} AND ${which} ORDER BY c.id FOR UPDATE OF c
    ), moved AS (
      UPDATE proposal_item i SET state = 'sent', claim_id = held.id, attempts = i.attempts + 1,
        previous_status = COALESCE(i.previous_status, held.before), sent_at = held.claimed_at,
        next_attempt_at = held.lease_until
      FROM (SELECT o.*, k.key, k.before FROM open o, unnest(o.keys, o.previous) AS k (key, before)) held
      WHERE i.proposal_id = held.proposal_id AND i.account_key = held.key AND i.state = 'waiting'
    )
    UPDATE enforcement_claim c SET lease_until = NULL FROM open WHERE c.id = open.id`;
}
