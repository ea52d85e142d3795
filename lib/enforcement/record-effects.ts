import type { BulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';
import type { StartedProposal } from './move-execution';
import { hasTarget, stricterStates, TARGET_STATE } from './rules';

/** Writes into the accounts what the provider has done to them. Rows are taken in the order of their keys, so that two
 * lists with the same accounts do not block each other for good. */
export async function recordEffects(
  tx: BulkTransaction,
  { id, action, countermeasure }: Pick<StartedProposal, 'id' | 'action' | 'countermeasure'>,
  keys: readonly number[],
): Promise<void> {
  if (keys.length === 0) return;
  const sorted = [...keys].sort((a, b) => a - b);
  if (hasTarget(action)) {
    await tx.query(Prisma.sql`
      UPDATE account SET enforced_status = ${TARGET_STATE[action]}::account_status, enforced_at = now()
      WHERE key = ANY(${`{${sorted.join(',')}}`}::int[])
        AND COALESCE(enforced_status, reported_status) <> ALL(${stricterStates(action)}::text[]::account_status[])`);
    return;
  }
  if (action === 'countermeasure') {
    await tx.query(Prisma.sql`
      INSERT INTO account_countermeasure (account_key, countermeasure, proposal_id)
      SELECT key, ${countermeasure}, ${id}::int FROM unnest(${keys}::int[]) AS key ORDER BY key
      ON CONFLICT (account_key, countermeasure) DO NOTHING`);
    return;
  }
  await tx.query(Prisma.sql`
    UPDATE account SET enforced_status = held.target_status, enforced_at = now()
    FROM (
      SELECT a.key, i.target_status FROM proposal_item i JOIN account a ON a.key = i.account_key
      WHERE i.proposal_id = ${id} AND i.account_key = ANY(${keys}::int[]) AND i.target_status IS NOT NULL
      ORDER BY a.key FOR NO KEY UPDATE OF a
    ) held WHERE account.key = held.key`);
  await tx.query(Prisma.sql`
    DELETE FROM account_countermeasure c USING proposal_item i
    WHERE i.proposal_id = ${id} AND i.account_key = ANY(${keys}::int[])
      AND c.account_key = i.account_key AND c.countermeasure = ANY(i.lifts)`);
}
