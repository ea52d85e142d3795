import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { makeApiKey } from './api-keys';
import { toApiKeyRow } from './list-api-keys';
import { requireFresh } from './require-fresh';
import { requireRight } from './require-right';
import type { Actor, ApiKeyRow } from './schema';

/**
 * Makes a key for a machine. `key` is answered here and never again.
 * @throws AppError forbidden, unproved; bad_input for a name that is empty or longer than 80 characters
 */
export async function addApiKey(
  actor: Actor,
  input: { name: string },
): Promise<{ row: ApiKeyRow; key: string }> {
  requireRight(actor, 'key.manage');
  requireFresh(actor);
  const name = storableText(input.name).trim();
  if (name === '' || name.length > 80) {
    throw new AppError('bad_input', 'Give the key a name of 1 to 80 characters, such as "Log shipper".');
  }
  const { key, prefix, sha256 } = makeApiKey();
  const row = await inTransaction(async (tx) => {
    const added = await tx.apiKey.create({
      data: { name, prefix, sha256, createdById: actor.kind === 'user' ? actor.id : null },
      include: { createdBy: true },
    });
    await writeAudit(tx, actor, {
      verb: 'key.add',
      object: { type: 'key', id: String(added.id), label: name },
      after: { name, prefix },
    });
    return added;
  });
  return { row: toApiKeyRow(row), key };
}
