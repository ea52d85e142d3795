import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { storableText } from '@/lib/storable-text';
import { makeApiKey } from './api-keys';
import { KEY_PEOPLE, toApiKeyRow } from './list-api-keys';
import { requireFresh } from './require-fresh';
import { requireRight } from './require-right';
import { type Actor, type ApiKeyRow, type NewKey, newKeySchema } from './schema';

/**
 * Makes a key for a machine. `key` is answered here and never again.
 * @throws ZodError; AppError forbidden, unproved
 */
export async function addApiKey(actor: Actor, input: NewKey): Promise<{ row: ApiKeyRow; key: string }> {
  requireRight(actor, 'key.manage');
  requireFresh(actor);
  const { days, perMinute, scopes, ...rest } = newKeySchema.parse(input);
  const name = storableText(rest.name);
  const { key, prefix, sha256 } = makeApiKey();
  const expiresAt = days ? new Date(Date.now() + days * 86_400_000) : null;
  const row = await inTransaction(async (tx) => {
    const added = await tx.apiKey.create({
      data: {
        name,
        prefix,
        sha256,
        scopes,
        expiresAt,
        perMinute: perMinute ?? null,
        createdById: actor.kind === 'user' ? actor.id : null,
      },
      include: KEY_PEOPLE,
    });
    await writeAudit(tx, actor, {
      verb: 'key.add',
      object: { type: 'key', id: String(added.id), label: name },
      after: { name, prefix, scopes, expires: expiresAt?.toISOString() ?? null },
    });
    return added;
  });
  return { row: toApiKeyRow(row), key };
}
