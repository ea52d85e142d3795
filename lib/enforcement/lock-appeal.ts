import type { NewAuditEntry } from '@/lib/audit/schema';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { ACT, ACT_OF } from './appeal-rate';
import { type AppealState, appealRef } from './appeal-schema';

export interface LockedAppeal {
  number: number;
  accountKey: number;
  accountId: string;
  state: AppealState;
  proposalId: number | null;
  clusterId: number | null;
  kinds: string[];
  assigneeId: number | null;
  assigneeName: string | null;
}

/** Reads an appeal and holds its row until the transaction ends. @throws AppError not_found */
export async function lockAppeal(tx: Transaction, number: number): Promise<LockedAppeal> {
  await tx.$executeRaw`SELECT 1 FROM appeal WHERE number = ${number}::int FOR UPDATE`;
  const [row] = await tx.$queryRaw<LockedAppeal[]>`
    SELECT a.number, a.account_key AS "accountKey", acc.id AS "accountId", a.state::text AS state,
      p.id AS "proposalId", COALESCE(i.cluster_id, p.cluster_id) AS "clusterId", COALESCE(i.kinds, '{}') AS kinds,
      a.assignee_id AS "assigneeId", u.name AS "assigneeName"
    FROM appeal a JOIN account acc ON acc.key = a.account_key ${ACT_OF}
    LEFT JOIN proposal p ON p.id = ${ACT}
    LEFT JOIN proposal_item i ON i.proposal_id = p.id AND i.account_key = a.account_key
    LEFT JOIN app_user u ON u.id = a.assignee_id
    WHERE a.number = ${number}::int`;
  if (!row)
    throw new AppError('not_found', `There is no appeal ${appealRef(number)}. Open it from the list again.`);
  return row;
}

/** Whether a person proposed, answered or confirmed what led to the act. */
export async function hadPart(
  tx: Transaction,
  personId: number,
  { proposalId, accountKey }: Pick<LockedAppeal, 'proposalId' | 'accountKey'>,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ part: boolean }[]>`
    SELECT had_part_in(${personId}::int, ${proposalId}::int, ${accountKey}::int) AS part`;
  return row?.part ?? false;
}

/** An appeal as the audit names it. */
export function auditObject({
  number,
  accountId,
}: Pick<LockedAppeal, 'number' | 'accountId'>): NewAuditEntry['object'] {
  return { type: 'appeal', id: appealRef(number), label: accountId };
}
