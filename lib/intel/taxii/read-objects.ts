import { pool } from '@/lib/database/pool';
import type { ObjectQuery } from './object-query';

export interface ServedObject {
  id: string;
  /** RFC 3339, to the millisecond. */
  version: string;
  /** RFC 3339, to the microsecond. */
  dateAdded: string;
  /** JSON. */
  object: string;
}

const TIME = `YYYY-MM-DD"T"HH24:MI:SS`;

/** A page of a collection's objects by time of adding, and whether there are more. */
export async function readObjects(
  collectionId: string,
  query: ObjectQuery,
): Promise<{ rows: ServedObject[]; more: boolean }> {
  if (!query.speaks) return { rows: [], more: false };
  const { versions } = query;
  const { rows } = await pool().query<ServedObject>(
    `WITH chosen AS (
       SELECT id, version, date_added, object,
         row_number() OVER (PARTITION BY id ORDER BY version) AS from_first,
         row_number() OVER (PARTITION BY id ORDER BY version DESC) AS from_last
       FROM taxii_object
       WHERE collection_id = $1::uuid AND ($2::text[] IS NULL OR id = ANY($2)) AND ($3::text[] IS NULL OR type = ANY($3)))
     SELECT id, object, to_char(version AT TIME ZONE 'UTC', '${TIME}.MS"Z"') AS version,
       to_char(date_added AT TIME ZONE 'UTC', '${TIME}.US"Z"') AS "dateAdded"
     FROM chosen
     WHERE ($4::timestamptz IS NULL OR date_added > $4)
       AND ($5 OR ($6 AND from_first = 1) OR ($7 AND from_last = 1) OR version = ANY($8::timestamptz[]))
     ORDER BY date_added LIMIT $9`,
    [
      collectionId,
      query.ids,
      query.types,
      query.after,
      versions.all,
      versions.first,
      versions.last,
      versions.at,
      query.limit + 1,
    ],
  );
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit };
}

/** True when the collection holds the object in any version. */
export async function holdsObject(collectionId: string, id: string): Promise<boolean> {
  const { rows } = await pool().query(
    'SELECT 1 FROM taxii_object WHERE collection_id = $1::uuid AND id = $2 LIMIT 1',
    [collectionId, id],
  );
  return rows.length > 0;
}
