import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { filterQuery, readFilter } from '../queue-filter';
import type { SaveViewInput } from '../queue-schema';
import { requireUser } from '../require-user';

/** Views that one person keeps; more of them are not found again. */
const MOST = 50;

/**
 * Keeps a filter under a name; saving under a name of one's own again takes its place. What means nothing in the filter
 * is not kept. @throws AppError forbidden (sharing), limit
 */
export async function saveView(actor: Actor, input: SaveViewInput): Promise<{ id: number }> {
  requireRight(actor, 'desk.read');
  if (input.shared) requireRight(actor, 'view.share');
  const person = requireUser(actor);
  const name = storableText(input.name);
  const query = filterQuery(readFilter(new URLSearchParams(storableText(input.query))).filter);
  return inTransaction(async (tx) => {
    const known = await tx.savedView.findUnique({ where: { ownerId_name: { ownerId: person.id, name } } });
    if (!known && (await tx.savedView.count({ where: { ownerId: person.id } })) >= MOST) {
      throw new AppError('limit', `You keep ${MOST} views already. Remove one that you no longer use.`);
    }
    const { id } = await tx.savedView.upsert({
      where: { ownerId_name: { ownerId: person.id, name } },
      create: { ownerId: person.id, name, query, shared: input.shared },
      update: { query, shared: input.shared, savedAt: new Date() },
    });
    await writeAudit(tx, actor, {
      verb: 'view.save',
      object: { type: 'view', id: String(id), label: name },
      ...(known && { before: { filter: known.query, shared: known.shared } }),
      after: { filter: query, shared: input.shared },
    });
    return { id };
  });
}
