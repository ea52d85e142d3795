import { database } from '@/lib/database/client';

/** Model releases that are known, newest first. */
export async function listReleases(): Promise<{ model: string; at: Date }[]> {
  const models = await database().model.findMany({
    where: { releasedAt: { not: null } },
    orderBy: [{ releasedAt: 'desc' }, { id: 'desc' }],
    select: { name: true, releasedAt: true },
  });
  return models.flatMap(({ name, releasedAt }) => (releasedAt ? [{ model: name, at: releasedAt }] : []));
}
