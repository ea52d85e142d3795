import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { hashApiKey, readBearer } from './api-keys';
import type { KeyActor } from './schema';

const USE_NOTED_MS = 60_000;

/**
 * The machine behind an `Authorization` header.
 * @param door what it is used for: a key that partners hold for TAXII sends no records
 * @throws AppError not_signed_in (401) without a key, with one that is malformed, unknown or revoked; forbidden
 */
export async function authenticateKey(
  header: string | null,
  door: 'records' | 'taxii' = 'records',
): Promise<KeyActor> {
  if (!header)
    throw refused('Send an API key: "Authorization: Bearer weir_…". An administrator makes one in Settings.');
  const key = readBearer(header);
  if (!key) throw refused('The Authorization header holds no API key of the form "Bearer weir_…".');
  const found = await database().apiKey.findUnique({
    where: { sha256: hashApiKey(key) },
    include: { _count: { select: { taxiiGrants: true } } },
  });
  if (!found) throw refused('This API key is not known here. Check that it belongs to this Weir.');
  if (found.revokedAt)
    throw refused(`The API key "${found.name}" was revoked. Ask an administrator for a new one.`);
  if (door === 'records' && found._count.taxiiGrants > 0)
    throw new AppError(
      'forbidden',
      `The API key "${found.name}" is a partner's for TAXII: it sends no records. Ask an administrator for another.`,
    );
  await noteUse(found.id);
  return { kind: 'key', id: found.id, name: found.name };
}

/** At most once a minute: a busy shipper must not rewrite the row with every request. */
async function noteUse(id: number): Promise<void> {
  const now = Date.now();
  await database().apiKey.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(now - USE_NOTED_MS) } }] },
    data: { lastUsedAt: new Date(now) },
  });
}

const refused = (words: string) => new AppError('not_signed_in', words);
