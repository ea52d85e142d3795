import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import type { Bundle, UnstampedObject } from './stix/schema';
import { contentHash, isVersioned, stampBundle, type Version } from './stix/stamp-bundle';

/** Gives objects their versions and remembers the new ones; whoever does so at the same time waits.
 * @throws ZodError when the bundle is no STIX 2.1 */
export async function keepVersions(
  tx: Transaction,
  namespace: string,
  objects: readonly UnstampedObject[],
): Promise<Bundle> {
  await lockVersions(tx);
  const { bundle, fresh } = stampBundle(namespace, objects, await readVersions(tx, objects), new Date());
  for (const version of fresh) await keep(tx, version);
  return bundle;
}

/**
 * Remembers the versions of a bundle that was frozen earlier and leaves now.
 * @throws AppError conflict when one of its objects left meanwhile in another version: it would go back in time
 */
export async function keepFrozenVersions(tx: Transaction, bundle: Bundle): Promise<void> {
  await lockVersions(tx);
  const known = await readVersions(tx, bundle.objects);
  for (const object of bundle.objects) {
    if (!isVersioned(object) || !('modified' in object)) continue;
    const before = known.get(object.id);
    const [created, modified] = [new Date(object.created), new Date(object.modified)];
    const same = before?.modified.getTime() === modified.getTime();
    if (before && (before.created.getTime() !== created.getTime() || before.modified > modified))
      throw stale();
    const sha256 = contentHash(object);
    if (same && before.sha256 !== sha256) throw stale();
    if (!same) await keep(tx, { id: object.id, created, modified, sha256 });
  }
}

const stale = () =>
  new AppError(
    'conflict',
    'Since this was proposed, something of it left in another version. Reject it and propose it anew.',
  );

async function lockVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('stix versions', 0))`;
}

async function keep(tx: Transaction, { id, ...version }: Version): Promise<void> {
  await tx.stixVersion.upsert({ where: { id }, create: { id, ...version }, update: version });
}

/** The versions in which these objects last left. */
export async function readVersions(
  tx: Pick<Transaction, 'stixVersion'>,
  objects: readonly { id: string }[],
): Promise<Map<string, Version>> {
  const rows = await tx.stixVersion.findMany({ where: { id: { in: objects.map(({ id }) => id) } } });
  return new Map(rows.map((row) => [row.id, row]));
}
