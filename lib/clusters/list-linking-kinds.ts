import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import { detectionKind } from '@/lib/detection/kinds';
import { weighable } from './detection-settings-schema';

/** The kinds in the data by which accounts can be linked, the weightiest first. @throws AppError forbidden */
export async function listLinkingKinds(actor: Actor): Promise<string[]> {
  requireRight(actor, 'desk.read');
  // One step down the index a kind, however many values a kind has.
  const { rows } = await pool().query<{ kind: string }>(`
    WITH RECURSIVE each_kind AS (
      (SELECT kind FROM indicator ORDER BY kind LIMIT 1)
      UNION ALL
      SELECT (SELECT i.kind FROM indicator i WHERE i.kind > e.kind ORDER BY i.kind LIMIT 1)
      FROM each_kind e WHERE e.kind IS NOT NULL
    )
    SELECT kind FROM each_kind WHERE kind IS NOT NULL
    UNION SELECT 'time_bins' WHERE EXISTS (SELECT FROM account_bins)`);
  const weight = (kind: string) => detectionKind(kind).lambda;
  return rows
    .map((row) => row.kind)
    .filter(weighable)
    .sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
}
