import { database } from '@/lib/database/client';

/** The kinds of indicators that are stored: one step down the index a kind, however many values a kind has. */
export async function listKinds(): Promise<string[]> {
  const rows = await database().$queryRaw<{ kind: string }[]>`
    WITH RECURSIVE each_kind AS (
      (SELECT kind FROM indicator ORDER BY kind LIMIT 1)
      UNION ALL
      SELECT (SELECT i.kind FROM indicator i WHERE i.kind > e.kind ORDER BY i.kind LIMIT 1)
      FROM each_kind e WHERE e.kind IS NOT NULL
    )
    SELECT kind FROM each_kind WHERE kind IS NOT NULL`;
  return rows.map((row) => row.kind);
}
