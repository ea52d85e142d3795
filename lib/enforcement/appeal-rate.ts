import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import type { AppealRate } from './appeal-schema';

/** What appeal a is against: frozen once somebody took it up, else found. */
export const ACT_OF = Prisma.sql`
  LEFT JOIN LATERAL appealed_act(a.account_key, a.received_at) found ON a.proposal_id IS NULL`;
export const ACT = Prisma.sql`COALESCE(a.proposal_id, found.proposal_id)`;

/** How many accounts a proposal acted on, how many of their owners appealed, and how many were granted. An owner who
 * writes a hundred times counts once. @param tx the transaction that decides by it, when there is one */
export async function appealRate(tx: Transaction | null, proposalId: number): Promise<AppealRate> {
  const [row] = await (tx ?? database()).$queryRaw<AppealRate[]>`
    SELECT
      (SELECT count(*)::int FROM proposal_item WHERE proposal_id = ${proposalId}::int AND state = 'done') AS "actedOn",
      count(DISTINCT a.account_key)::int AS appeals,
      count(DISTINCT a.account_key) FILTER (WHERE a.state = 'granted')::int AS granted
    FROM proposal_item i JOIN appeal a ON a.account_key = i.account_key ${ACT_OF}
    WHERE i.proposal_id = ${proposalId}::int AND ${ACT} = ${proposalId}::int`;
  return row ?? { actedOn: 0, appeals: 0, granted: 0 };
}
