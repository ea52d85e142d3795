/** "Everything of CL-12": its own entries, and those of the proposals that act on it. */
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { MAX_ID } from '@/lib/storable-id';
import { objectRef } from './object-ref';

/**
 * A condition for WHERE. A cluster brings its proposals, an account the proposals that list it, of whose batches only
 * those that name it.
 * @param about a type and an id, as "cluster:CL-12"
 */
export async function aboutCondition(about: string): Promise<Prisma.Sql> {
  const colon = about.indexOf(':');
  const type = colon < 0 ? 'cluster' : about.slice(0, colon);
  const id = objectRef(type, about.slice(colon + 1));
  const itself = Prisma.sql`object_type = ${type} AND object_id = ${id}`;
  const refs = await proposalsOf(type, id);
  if (refs.length === 0) return Prisma.sql`(${itself})`;
  const ofProposals = Prisma.sql`object_type = 'proposal' AND object_id = ANY(${refs}::text[])`;
  return type === 'account'
    ? Prisma.sql`(${itself} OR ${ofProposals} AND (verb <> 'enforcement.apply' OR ${namesAccount(id)}))`
    : Prisma.sql`(${itself} OR ${ofProposals})`;
}

async function proposalsOf(type: string, id: string): Promise<string[]> {
  const number = Number(/^CL-(\d{1,10})$/.exec(id)?.[1] ?? 0);
  if (type === 'cluster' && number > 0 && number <= MAX_ID) {
    const found = await database().$queryRaw<{ id: number }[]>`
      SELECT id FROM proposal WHERE cluster_id = ${number}`;
    return found.map((row) => `P-${row.id}`);
  }
  if (type === 'account') {
    const found = await database().$queryRaw<{ id: number }[]>`
      SELECT i.proposal_id AS id FROM proposal_item i JOIN account a ON a.key = i.account_key WHERE a.id = ${id}`;
    return found.map((row) => `P-${row.id}`);
  }
  return [];
}

/** A batch lists its accounts as ids or as objects with an id. */
function namesAccount(id: string): Prisma.Sql {
  return Prisma.sql`(detail->'accounts' @> ${JSON.stringify([{ id }])}::jsonb
    OR detail->'accounts' @> ${JSON.stringify([id])}::jsonb)`;
}
