import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { makeApiKey } from './api-keys';
import { KEY_PEOPLE, toApiKeyRow } from './list-api-keys';
import { requireFresh } from './require-fresh';
import { requireRight } from './require-right';
import type { Actor, ApiKeyRow } from './schema';

/**
 * Makes the key that takes another's place, with its name, doors and rate. The old one opens them beside it for as long
 * as asked, so that the machine can change over at any moment in between.
 * @param input.keepHours 0 ends the old one at once
 * @returns the new key, this once
 * @throws AppError forbidden, unproved, not_found; conflict when it is over or was replaced already
 */
export async function rotateApiKey(
  actor: Actor,
  input: { keyId: number; keepHours: number },
): Promise<{ row: ApiKeyRow; key: string }> {
  requireRight(actor, 'key.manage');
  requireFresh(actor);
  const { key, prefix, sha256 } = makeApiKey();
  const row = await inTransaction(async (tx) => {
    // Locked, so that of two who replace it at once the second finds that it was.
    await tx.$queryRaw`SELECT id FROM api_key WHERE id = ${input.keyId} FOR UPDATE`;
    const old = await tx.apiKey.findUnique({ where: { id: input.keyId }, include: { replacedBy: true } });
    if (!old) throw new AppError('not_found', 'There is no such key. Reload the list.');
    const now = Date.now();
    if (old.revokedAt || (old.expiresAt && old.expiresAt.getTime() <= now) || old.replacedBy)
      throw new AppError('conflict', `The key "${old.name}" is over or has been replaced. Reload the list.`);
    const ends = new Date(now + input.keepHours * 3_600_000);
    const expiresAt = old.expiresAt && old.expiresAt < ends ? old.expiresAt : ends;
    // The next one lasts as long as the one before was to last.
    const lasts = old.expiresAt ? new Date(now + (old.expiresAt.getTime() - old.createdAt.getTime())) : null;
    await tx.apiKey.update({ where: { id: old.id }, data: { expiresAt } });
    const { name, scopes, perMinute } = old;
    const added = await tx.apiKey.create({
      data: {
        name,
        prefix,
        sha256,
        scopes,
        perMinute,
        expiresAt: lasts,
        replacesId: old.id,
        createdById: actor.kind === 'user' ? actor.id : null,
      },
      include: KEY_PEOPLE,
    });
    await writeAudit(tx, actor, {
      verb: 'key.rotate',
      object: { type: 'key', id: String(old.id), label: old.name },
      before: { prefix: old.prefix },
      after: { prefix, old_ends: expiresAt.toISOString() },
    });
    return added;
  });
  return { row: toApiKeyRow(row), key };
}
