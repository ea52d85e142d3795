import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { type GrantInput, grantSchema } from '../partner-schema';

/** Says what a key may do in a collection; neither reading nor writing takes it out. A key with any such right can no
 * longer send records. @throws ZodError, AppError forbidden, unproved, not_found */
export async function grantCollection(actor: Actor, input: GrantInput): Promise<void> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const { collectionId, keyId, mayRead, mayWrite } = grantSchema.parse(input);
  await inTransaction(async (tx) => {
    const [collection, key] = await Promise.all([
      tx.taxiiCollection.findUnique({ where: { id: collectionId } }),
      tx.apiKey.findUnique({ where: { id: keyId } }),
    ]);
    if (!collection || !key)
      throw new AppError('not_found', 'There is no such collection or key. Reload the page.');
    if (key.revokedAt && (mayRead || mayWrite))
      throw new AppError('conflict', `The key "${key.name}" is revoked. Make a new one.`);
    const where = { collectionId_keyId: { collectionId, keyId } };
    const before = await tx.taxiiGrant.findUnique({ where });
    const rights = { mayRead, mayWrite };
    if (mayRead || mayWrite)
      await tx.taxiiGrant.upsert({ where, create: { collectionId, keyId, ...rights }, update: rights });
    else await tx.taxiiGrant.deleteMany({ where: { collectionId, keyId } });
    await writeAudit(tx, actor, {
      verb: 'setting.change',
      object: {
        type: 'setting',
        id: `taxii.collection ${collectionId}`,
        label: `TAXII collection ${collection.title}`,
      },
      before: { key: key.name, mayRead: before?.mayRead ?? false, mayWrite: before?.mayWrite ?? false },
      after: { key: key.name, ...rights },
    });
  });
}
