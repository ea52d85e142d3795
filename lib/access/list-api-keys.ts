import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { requireRight } from './require-right';
import type { Actor, ApiKeyRow, KeyScope } from './schema';

/** Every key, newest first; revoked ones stay in the list. @throws AppError forbidden */
export async function listApiKeys(actor: Actor): Promise<ApiKeyRow[]> {
  requireRight(actor, 'key.manage');
  const keys = await database().apiKey.findMany({ orderBy: { id: 'desc' }, include: KEY_PEOPLE });
  return keys.map(toApiKeyRow);
}

/** What a row tells beyond the key itself. */
export const KEY_PEOPLE = { createdBy: true, replacedBy: { select: { id: true } } } as const;

export function toApiKeyRow(key: Prisma.ApiKeyGetPayload<{ include: typeof KEY_PEOPLE }>): ApiKeyRow {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy?.name ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    scopes: key.scopes as KeyScope[],
    expiresAt: key.expiresAt?.toISOString() ?? null,
    perMinute: key.perMinute,
    replaced: key.replacedBy !== null,
  };
}
