import type { Transaction } from '@/lib/database/transaction';
import type { StageErrors } from './rules';
import { ITEM_STATES, type ItemState } from './schema';
import { IS_OPEN } from './unpack-claims';

/** Items of a proposal by stage and state. What a claim holds is sent, though its item still waits. */
export async function countItems(
  tx: Transaction,
  proposalId: number,
): Promise<{ stage: number; state: ItemState; count: number }[]> {
  return tx.$queryRaw`
    SELECT stage::int AS stage, state, sum(n)::int AS count FROM (
      SELECT stage, state::text AS state, count(*) AS n FROM proposal_item WHERE proposal_id = ${proposalId}
      GROUP BY 1, 2
      UNION ALL
      SELECT c.stage, held.state, held.sign * cardinality(c.keys)
      FROM enforcement_claim c, (VALUES ('sent', 1), ('waiting', -1)) AS held (state, sign)
      WHERE c.proposal_id = ${proposalId} AND ${IS_OPEN}
    ) items GROUP BY 1, 2`;
}

/** Items of a proposal by state; states without any are 0. */
export async function countStates(tx: Transaction, proposalId: number): Promise<Record<ItemState, number>> {
  const counts = Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as Record<ItemState, number>;
  for (const { state, count } of await countItems(tx, proposalId)) counts[state] += count;
  return counts;
}

/** How a stage goes, counting what was tried since somebody last looked at its errors and resumed it. */
export async function readStageErrors(
  tx: Transaction,
  proposalId: number,
  stage: number,
): Promise<StageErrors> {
  const [row] = await tx.$queryRaw<StageErrors[]>`
    SELECT count(*) FILTER (WHERE i.state IN ('done', 'dead', 'retrying'))::int AS tried,
      count(*) FILTER (WHERE i.state = 'dead')::int AS dead,
      count(*) FILTER (WHERE i.state = 'retrying')::int AS failing
    FROM proposal p JOIN proposal_item i ON i.proposal_id = p.id
    WHERE p.id = ${proposalId} AND i.stage = ${stage}::smallint
      AND i.claim_id > p.errors_after`;
  return row ?? { tried: 0, dead: 0, failing: 0 };
}

/** Accounts that were claimed in the last hour, over all proposals: what the hour's cap counts. */
export async function accountsLastHour(tx: Transaction): Promise<number> {
  const [row] = await tx.$queryRaw<{ used: number }[]>`
    SELECT COALESCE(sum(accounts), 0)::int AS used FROM enforcement_claim
    WHERE claimed_at > now() - interval '1 hour'`;
  return row?.used ?? 0;
}
