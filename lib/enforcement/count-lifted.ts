import type { Transaction } from '@/lib/database/transaction';
import { LIFTED_DAYS } from './guardrails';

/** Those of the accounts whose hold somebody ended lately, before it ran out: one administrator may do that, so whoever
 * approves is told. */
export async function countLifted(tx: Transaction, accountKeys: readonly number[]): Promise<number> {
  const [row] = await tx.$queryRaw<{ lifted: number }[]>`
    SELECT count(DISTINCT account_key)::int AS lifted FROM account_hold
    WHERE account_key = ANY(${[...accountKeys]}::int[]) AND ended_at > now() - make_interval(days => ${LIFTED_DAYS}::int)
      AND ended_at < COALESCE(expires_at, 'infinity')`;
  return row?.lifted ?? 0;
}
