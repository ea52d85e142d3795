/** What a share puts into its collection, and takes out again when it is ended. */
import type { Transaction } from '@/lib/database/transaction';
import { type Bundle, bundleSchema } from '../stix/schema';

/** Adds a bundle's objects to a collection; a version that is there already stays as it was added. */
export async function publishShare(
  tx: Transaction,
  share: { id: number; collectionId: string },
  { objects }: Bundle,
): Promise<void> {
  // Whoever polls by time of adding must not miss what is committed late: one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`taxii ${share.collectionId}`}, 0))`;
  const rows = objects.map((object) => ({
    id: object.id,
    type: object.type,
    // What has no version of its own has the time at which it was made, or none: then it is told by what it says.
    version: 'modified' in object ? object.modified : 'created' in object ? object.created : null,
    object: JSON.stringify(object),
  }));
  await tx.$executeRaw`
    WITH last AS (
      SELECT GREATEST(clock_timestamp(), max(date_added)) AS at FROM taxii_object
      WHERE collection_id = ${share.collectionId}::uuid),
    given AS (
      SELECT id, type, version::timestamptz AS version, object, place
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS (id text, type text, version text, object text)) WITH ORDINALITY AS g (id, type, version, object, place))
    INSERT INTO taxii_object (collection_id, id, version, type, date_added, object, share_id)
    SELECT ${share.collectionId}::uuid, id, COALESCE(version, date_trunc('milliseconds', last.at)), type,
      last.at + place * interval '1 microsecond', object, ${share.id}
    FROM given, last
    WHERE version IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM taxii_object o WHERE o.collection_id = ${share.collectionId}::uuid AND o.id = given.id
        AND o.object = given.object)
    ORDER BY place
    ON CONFLICT (collection_id, id, version) DO NOTHING`;
}

/** Takes out what only this share put there; what another approved share holds too is put back from it. */
export async function unpublishShare(
  tx: Transaction,
  share: { id: number; collectionId: string },
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`taxii ${share.collectionId}`}, 0))`;
  await tx.$executeRaw`DELETE FROM taxii_object WHERE share_id = ${share.id}`;
  const others = await tx.share.findMany({
    where: { collectionId: share.collectionId, status: 'approved', id: { not: share.id } },
    orderBy: { id: 'asc' },
  });
  for (const other of others)
    await publishShare(
      tx,
      { id: other.id, collectionId: share.collectionId },
      bundleSchema.parse(JSON.parse(other.bundle)),
    );
}
