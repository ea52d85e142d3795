import type pg from 'pg';

/**
 * What was staged becomes what the partner says: of each indicator the latest version, whole. An older one than is
 * there changes nothing. Sorted by key, so that the table's own index grows at its end.
 * Inside the caller's transaction. @returns how many values are new, and how many of them are held
 */
export async function mergeStaged(
  client: pg.PoolClient,
  partnerId: number,
  importId: number,
): Promise<{ fresh: number; held: number }> {
  // Two imports of one partner at once would each miss what the other adds.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('partner ' || $1::int, 0))`, [partnerId]);
  await client.query(`SET LOCAL work_mem = '128MB'; ANALYZE partner_staging (stix_id)`);
  const { rows: any } = await client.query('SELECT 1 FROM partner_indicator WHERE partner_id = $1 LIMIT 1', [
    partnerId,
  ]);
  if (any.length > 0) {
    await client.query(
      `WITH gone AS (
         DELETE FROM partner_indicator p
         USING (SELECT stix_id, max(modified) AS modified FROM partner_staging GROUP BY 1) s
         WHERE p.partner_id = $1 AND p.stix_id = s.stix_id AND p.modified < s.modified
         RETURNING p.stix_id, p.ordinal)
       DELETE FROM partner_match m USING gone
       WHERE m.partner_id = $1 AND m.stix_id = gone.stix_id AND m.ordinal = gone.ordinal`,
      [partnerId],
    );
  }
  const { rows } = await client.query<{ fresh: number; held: number }>(
    `WITH latest AS (
       SELECT DISTINCT ON (stix_id, ordinal) * FROM (
         SELECT *, max(modified) OVER (PARTITION BY stix_id) AS last FROM partner_staging) s
       WHERE modified = last
         ${any.length > 0 ? 'AND NOT EXISTS (SELECT 1 FROM partner_indicator p WHERE p.partner_id = $1 AND p.stix_id = s.stix_id)' : ''}
       ORDER BY stix_id, ordinal),
     added AS (
       INSERT INTO partner_indicator (partner_id, stix_id, ordinal, kind, value, hashed, indicator_id, tlp, confidence,
         valid_from, valid_until, modified, revoked, held, import_id)
       SELECT $1, stix_id, ordinal, kind, value, hashed = 1, indicator_id, tlp, confidence, valid_from, valid_until,
         modified, revoked = 1, NULLIF(held, ''), $2 FROM latest
       RETURNING held)
     SELECT count(*)::int AS fresh, count(held)::int AS held FROM added`,
    [partnerId, importId],
  );
  return rows[0] ?? { fresh: 0, held: 0 };
}
