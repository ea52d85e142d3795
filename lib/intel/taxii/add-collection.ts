import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { type CollectionInput, collectionSchema } from '../partner-schema';

/** Makes a collection; nobody can read it before a key is let in. @throws ZodError, AppError forbidden, conflict */
export async function addCollection(actor: Actor, input: CollectionInput): Promise<{ id: string }> {
  requireRight(actor, 'settings.manage');
  const { title, description, tlp } = collectionSchema.parse(input);
  return inTransaction(async (tx) => {
    const taken = await tx.taxiiCollection.findFirst({
      where: { title: { equals: title, mode: 'insensitive' } },
    });
    if (taken) throw new AppError('conflict', `There is a collection called "${title}" already.`);
    const { id } = await tx.taxiiCollection.create({
      data: { title: storableText(title), description: storableText(description), tlp },
    });
    await writeAudit(tx, actor, {
      verb: 'setting.change',
      object: { type: 'setting', id: `taxii.collection ${id}`, label: `TAXII collection ${title}` },
      after: { title, description, tlp },
    });
    return { id };
  });
}
