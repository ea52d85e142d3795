import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';

export interface GrantedCollection {
  id: string;
  title: string;
  description: string;
  mayRead: boolean;
  mayWrite: boolean;
}

/** The collections that a key knows of, by title. */
export async function listGranted(keyId: number): Promise<GrantedCollection[]> {
  const rows = await database().taxiiGrant.findMany({
    where: { keyId },
    include: { collection: true },
    orderBy: { collection: { title: 'asc' } },
  });
  return rows.map(({ collection: { id, title, description }, mayRead, mayWrite }) => ({
    id,
    title,
    description,
    mayRead,
    mayWrite,
  }));
}

/** One of them. One that is not the key's is not told from one that is not there. @throws AppError not_found */
export async function findGranted(keyId: number, id: string): Promise<GrantedCollection> {
  const found = (await listGranted(keyId)).find((each) => each.id === id.toLowerCase());
  if (found) return found;
  throw new AppError('not_found', 'There is no such collection for this key. Read the list of collections.');
}

/** @throws AppError forbidden */
export function requireRead({ mayRead, title }: GrantedCollection): void {
  if (!mayRead) throw new AppError('forbidden', `This key may not read from the collection "${title}".`);
}

/** @throws AppError forbidden */
export function requireWrite({ mayWrite, title }: GrantedCollection): void {
  if (!mayWrite) throw new AppError('forbidden', `This key may not write to the collection "${title}".`);
}
