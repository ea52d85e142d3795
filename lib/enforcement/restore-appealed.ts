import type { Person } from '@/lib/access/schema';
import type { Transaction } from '@/lib/database/transaction';
import { appealRef } from './appeal-schema';
import { restoreInTransaction } from './create-restore';
import type { LockedAppeal } from './lock-appeal';
import { proposalRef } from './rules';

/**
 * Proposes to give back what the act took from this one account, for others to approve; or finds the restore that did
 * so or is under way.
 * @returns the restore's id
 * @throws AppError what restoreInTransaction throws: held, or changed by other hands since
 */
export async function restoreAppealed(
  tx: Transaction,
  person: Person,
  appeal: LockedAppeal,
  reason: string,
): Promise<number> {
  const [earlier] = await tx.$queryRaw<{ id: number }[]>`
    SELECT r.proposal_id AS id FROM proposal_item r JOIN proposal q ON q.id = r.proposal_id
    WHERE r.restores_proposal_id = ${appeal.proposalId}::int AND r.account_key = ${appeal.accountKey}::int
      AND (r.state = 'done' AND NOT q.shadow OR r.state IN ('waiting', 'sent', 'retrying')
        AND q.status IN ('waiting', 'approved', 'running', 'paused'))
    ORDER BY r.proposal_id DESC LIMIT 1`;
  if (earlier) return earlier.id;
  const { id } = await restoreInTransaction(tx, person, {
    proposalId: appeal.proposalId ?? undefined,
    accountIds: [appeal.accountId],
    reason:
      `${appealRef(appeal.number)} against ${proposalRef(appeal.proposalId ?? 0)} was granted: ${reason}`.slice(
        0,
        2000,
      ),
    source: 'appeal',
    detail: { appeals: [appealRef(appeal.number)] },
  });
  return id;
}
