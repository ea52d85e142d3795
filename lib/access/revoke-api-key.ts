import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { requireRight } from './require-right';
import type { Actor } from './schema';

/** Revokes a key: it is refused from its next use on. @throws AppError forbidden, not_found, conflict */
export async function revokeApiKey(actor: Actor, input: { keyId: number }): Promise<void> {
  requireRight(actor, 'key.manage');
  await inTransaction(async (tx) => {
    const key = await tx.apiKey.findUnique({ where: { id: input.keyId } });
    if (!key) throw new AppError('not_found', 'There is no such key. Reload the list.');
    const revokedAt = new Date();
    const { count } = await tx.apiKey.updateMany({
      where: { id: key.id, revokedAt: null },
      data: { revokedAt },
    });
    if (count === 0) throw new AppError('conflict', `The key "${key.name}" is revoked already.`);
    await writeAudit(tx, actor, {
      verb: 'key.revoke',
      object: { type: 'key', id: String(key.id), label: key.name },
      before: { revoked: false },
      after: { revoked: true },
    });
  });
}
