import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { requireRight } from './require-right';
import type { Actor, ApiKeyRow } from './schema';

/** Every key, newest first; revoked ones stay in the list. @throws AppError forbidden */
export async function listApiKeys(actor: Actor): Promise<ApiKeyRow[]> {
  requireRight(actor, 'key.manage');
  const keys = await database().apiKey.findMany({ orderBy: { id: 'desc' }, include: { createdBy: true } });
  return keys.map(toApiKeyRow);
}

export function toApiKeyRow(key: Prisma.ApiKeyGetPayload<{ include: { createdBy: true } }>): ApiKeyRow {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy?.name ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
