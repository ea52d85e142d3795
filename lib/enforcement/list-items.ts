import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { storableText } from '@/lib/storable-text';
import { countStates } from './count-items';
import type { ItemFilter, ItemPage, ItemRow } from './schema';
import { IS_OPEN } from './unpack-claims';

/** One page of a proposal's accounts: those that moved last first, then those that wait, in the order of stages.
 * @throws AppError forbidden */
export async function listItems(actor: Actor, proposalId: number, filter: ItemFilter): Promise<ItemPage> {
  requireRight(actor, 'desk.read');
  const [counts, rows, [found]] = await Promise.all([
    countStates(database(), proposalId),
    readItems(proposalId, filter),
    database().$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM ${itemsNow(proposalId)} i WHERE ${matches(filter)}`,
  ]);
  return { rows, total: found?.total ?? 0, counts };
}

/** The items as they are now: what an open claim holds is sent, though its item still waits. */
function itemsNow(proposalId: number): Prisma.Sql {
  return Prisma.sql`(
    SELECT i.account_key, i.account_id, i.stage, i.strength, i.outcome, i.took_ms,
      CASE WHEN held.key IS NULL THEN i.state::text ELSE 'sent' END AS state,
      CASE WHEN held.key IS NULL THEN i.attempts ELSE i.attempts + 1 END AS attempts,
      COALESCE(i.done_at, held.claimed_at, i.sent_at) AS at
    FROM proposal_item i LEFT JOIN (
      SELECT unnest(c.keys) AS key, c.claimed_at FROM enforcement_claim c
      WHERE c.proposal_id = ${proposalId} AND ${IS_OPEN}
    ) held ON held.key = i.account_key AND i.state = 'waiting'
    WHERE i.proposal_id = ${proposalId})`;
}

function matches({ state, q }: Pick<ItemFilter, 'state' | 'q'>): Prisma.Sql {
  const byState = state ? Prisma.sql`state = ${state}` : Prisma.sql`true`;
  const byId = q
    ? Prisma.sql`AND position(lower(${storableText(q)}) IN lower(account_id)) > 0`
    : Prisma.empty;
  return Prisma.sql`${byState} ${byId}`;
}

type Found = Omit<ItemRow, 'at'> & { at: Date | null };

/** The newest items first. */
export async function readItems(
  proposalId: number,
  filter: Pick<ItemFilter, 'state' | 'q' | 'offset' | 'limit'>,
): Promise<ItemRow[]> {
  const rows = await database().$queryRaw<Found[]>`
    SELECT account_id AS "accountId", state, stage::int AS stage, attempts::int AS attempts, outcome, at,
      took_ms AS "tookMs"
    FROM ${itemsNow(proposalId)} i WHERE ${matches(filter)}
    ORDER BY at DESC NULLS LAST, stage, strength DESC, account_key
    LIMIT ${filter.limit}::int OFFSET ${filter.offset}::int`;
  return rows.map((row) => ({ ...row, at: row.at?.toISOString() ?? null }));
}
