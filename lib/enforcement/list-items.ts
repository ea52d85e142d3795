import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { storableText } from '@/lib/storable-text';
import { countStates } from './count-items';
import type { ItemFilter, ItemPage, ItemRow } from './schema';

/** One page of a proposal's accounts: those that moved last first, then those that wait, in the order of stages.
 * @throws AppError forbidden */
export async function listItems(actor: Actor, proposalId: number, filter: ItemFilter): Promise<ItemPage> {
  requireRight(actor, 'desk.read');
  const [counts, rows, total] = await Promise.all([
    countStates(database(), proposalId),
    readItems(proposalId, filter),
    database().proposalItem.count({
      where: { proposalId, state: filter.state, ...(filter.q && { accountId: contains(filter.q) }) },
    }),
  ]);
  return { rows, total, counts };
}

function contains(q: string): Prisma.StringFilter {
  // LIKE's wildcards are letters here: an id holds underscores.
  return { contains: storableText(q).replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' };
}

type Found = Omit<ItemRow, 'at'> & { at: Date | null };

/** The newest items first. */
export async function readItems(
  proposalId: number,
  { state, q, offset, limit }: Pick<ItemFilter, 'state' | 'q' | 'offset' | 'limit'>,
): Promise<ItemRow[]> {
  const byState = state ? Prisma.sql`AND state = ${state}::item_state` : Prisma.empty;
  const byId = q
    ? Prisma.sql`AND position(lower(${storableText(q)}) IN lower(account_id)) > 0`
    : Prisma.empty;
  const rows = await database().$queryRaw<Found[]>`
    SELECT account_id AS "accountId", state::text AS state, stage::int AS stage, attempts::int AS attempts, outcome,
      COALESCE(done_at, sent_at) AS at, took_ms AS "tookMs"
    FROM proposal_item WHERE proposal_id = ${proposalId} ${byState} ${byId}
    ORDER BY COALESCE(done_at, sent_at) DESC NULLS LAST, stage, strength DESC, account_key
    LIMIT ${limit}::int OFFSET ${offset}::int`;
  return rows.map((row) => ({ ...row, at: row.at?.toISOString() ?? null }));
}
