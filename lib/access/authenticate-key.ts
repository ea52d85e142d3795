import { database } from '@/lib/database/client';
import type { ApiKey } from '@/lib/database/generated/client';
import { AppError } from '@/lib/errors';
import { requestScope } from '@/lib/request-scope';
import { hashApiKey, readBearer } from './api-keys';
import type { KeyActor, KeyScope } from './schema';
import { takeTurn } from './take-turn';

const USE_NOTED_MS = 60_000;

/**
 * The machine behind an `Authorization` header, at one of the doors that its key opens.
 * @throws AppError not_signed_in (401) without a key, with one that is malformed, unknown, revoked or expired; forbidden
 * at another door; too_many when it comes too often
 */
export async function authenticateKey(header: string | null, door: KeyScope = 'records'): Promise<KeyActor> {
  if (!header)
    throw refused('Send an API key: "Authorization: Bearer weir_…". An administrator makes one in Settings.');
  const key = readBearer(header);
  if (!key) throw refused('The Authorization header holds no API key of the form "Bearer weir_…".');
  const found = await database().apiKey.findUnique({
    where: { sha256: hashApiKey(key) },
    include: { _count: { select: { taxiiGrants: true } } },
  });
  if (!found) throw refused('This API key is not known here. Check that it belongs to this Weir.');
  refuseEnded(found);
  // At TAXII each collection says which keys may read or write it; one that partners hold sends no records.
  if (door === 'records' && (!found.scopes.includes(door) || found._count.taxiiGrants > 0))
    throw new AppError(
      'forbidden',
      `The API key "${found.name}" sends no records: it was made for something else, or is a partner's for TAXII. Ask an administrator for another.`,
    );
  if ((door === 'metrics' || door === 'clusters') && !found.scopes.includes(door))
    throw new AppError(
      'forbidden',
      `The API key "${found.name}" reads no ${door}. Ask an administrator for one that does.`,
    );
  const scope = requestScope();
  if (scope) scope.keyId = found.id;
  takeTurn(found);
  await noteUse(found.id);
  return { kind: 'key', id: found.id, name: found.name, door };
}

/** For what goes on after its answer began: asks the database anew. @throws AppError not_signed_in */
export async function refuseEndedKey(actor: KeyActor): Promise<void> {
  refuseEnded(await database().apiKey.findUniqueOrThrow({ where: { id: actor.id } }));
}

function refuseEnded(key: ApiKey): void {
  if (key.revokedAt)
    throw refused(`The API key "${key.name}" was revoked. Ask an administrator for a new one.`);
  if (key.expiresAt && key.expiresAt.getTime() <= Date.now())
    throw refused(`The API key "${key.name}" has expired. Ask an administrator for a new one.`);
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
