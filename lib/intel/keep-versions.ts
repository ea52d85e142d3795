import type { Transaction } from '@/lib/database/transaction';
import type { Bundle, UnstampedObject } from './stix/schema';
import { stampBundle, type Version } from './stix/stamp-bundle';

/** Gives objects their versions and remembers the new ones; whoever does so at the same time waits.
 * @throws ZodError when the bundle is no STIX 2.1 */
export async function keepVersions(
  tx: Transaction,
  namespace: string,
  objects: readonly UnstampedObject[],
): Promise<Bundle> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('stix versions', 0))`;
  const { bundle, fresh } = stampBundle(namespace, objects, await readVersions(tx, objects), new Date());
  for (const { id, ...version } of fresh) {
    await tx.stixVersion.upsert({ where: { id }, create: { id, ...version }, update: version });
  }
  return bundle;
}

/** The versions in which these objects last left. */
async function readVersions(
  tx: Transaction,
  objects: readonly UnstampedObject[],
): Promise<Map<string, Version>> {
  const rows = await tx.stixVersion.findMany({ where: { id: { in: objects.map(({ id }) => id) } } });
  return new Map(rows.map((row) => [row.id, row]));
}
