import type { Transaction } from '@/lib/database/transaction';
import type { StageErrors } from './rules';
import { ITEM_STATES, type ItemState } from './schema';

/** Items of a proposal by state; states without any are 0. */
export async function countStates(tx: Transaction, proposalId: number): Promise<Record<ItemState, number>> {
  const rows = await tx.proposalItem.groupBy({ by: ['state'], where: { proposalId }, _count: true });
  const counts = Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as Record<ItemState, number>;
  for (const row of rows) counts[row.state] = row._count;
  return counts;
}

/** How a stage goes, counting what was tried after `since`. */
export async function readStageErrors(
  tx: Transaction,
  proposalId: number,
  stage: number,
  since: Date,
): Promise<StageErrors> {
  const [row] = await tx.$queryRaw<StageErrors[]>`
    SELECT count(*) FILTER (WHERE state IN ('done', 'dead', 'retrying'))::int AS tried,
      count(*) FILTER (WHERE state = 'dead')::int AS dead,
      count(*) FILTER (WHERE state = 'retrying')::int AS failing
    FROM proposal_item
    WHERE proposal_id = ${proposalId} AND stage = ${stage}::smallint AND sent_at > ${since}::timestamptz`;
  return row ?? { tried: 0, dead: 0, failing: 0 };
}

/** Accounts acted on in the last hour, over all proposals. */
export async function accountsLastHour(tx: Transaction): Promise<number> {
  const [row] = await tx.$queryRaw<{ used: number }[]>`
    SELECT count(*)::int AS used FROM proposal_item i JOIN proposal p ON p.id = i.proposal_id
    WHERE p.started_at IS NOT NULL AND (p.finished_at IS NULL OR p.finished_at > now() - interval '1 hour')
      AND i.state = 'done' AND i.done_at > now() - interval '1 hour'`;
  return row?.used ?? 0;
}
