import { database } from '@/lib/database/client';
import { requireRight } from './require-right';
import type { Actor, KeyInUse } from './schema';

/** The keys that still open the door, last used first; for everybody at the desk. @throws AppError forbidden */
export async function listKeysInUse(actor: Actor): Promise<KeyInUse[]> {
  requireRight(actor, 'desk.read');
  const keys = await database().apiKey.findMany({
    where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    orderBy: [{ lastUsedAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
    select: { id: true, name: true, prefix: true, createdAt: true, lastUsedAt: true },
  });
  return keys.map((key) => ({
    ...key,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  }));
}
