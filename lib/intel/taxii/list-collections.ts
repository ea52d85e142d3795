import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { CollectionRow } from '../partner-schema';
import type { Tlp } from '../share-schema';

/** Every collection with who may do what in it, by title. @throws AppError forbidden */
export async function listCollections(actor: Actor): Promise<CollectionRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().taxiiCollection.findMany({
    orderBy: { title: 'asc' },
    include: {
      _count: { select: { objects: true } },
      grants: { include: { key: { select: { name: true } } }, orderBy: { keyId: 'asc' } },
    },
  });
  return rows.map(({ id, title, description, tlp, grants, _count }) => ({
    id,
    title,
    description,
    tlp: tlp as Tlp,
    objects: _count.objects,
    grants: grants.map(({ keyId, key, mayRead, mayWrite }) => ({ keyId, key: key.name, mayRead, mayWrite })),
  }));
}
