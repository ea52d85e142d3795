import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import type { HeldValue } from '../partner-schema';

const SHOWN = 200;

/** What waits, by why it waits. @throws AppError forbidden: it holds addresses */
export async function listHeld(actor: Actor): Promise<{ rows: HeldValue[]; more: boolean }> {
  requireRight(actor, 'desk.read_sensitive');
  const { rows } = await pool().query<HeldValue>(
    `SELECT w.id::text AS "indicatorId", w.kind, w.value, w.held, array_agg(DISTINCT o.name ORDER BY o.name) AS partners,
       max(w.accounts) AS accounts
     FROM (
       SELECT p.indicator_id AS id, p.kind, p.value, p.held, p.partner_id, NULL::int AS accounts
       FROM partner_indicator p WHERE p.held IS NOT NULL AND NOT p.revoked AND p.valid_until > now()
       UNION ALL
       SELECT m.indicator_id, i.kind, i.value, m.held, m.partner_id, m.accounts
       FROM partner_match m JOIN indicator i ON i.id = m.indicator_id WHERE m.held IS NOT NULL) w
       JOIN partner o ON o.id = w.partner_id
     WHERE NOT EXISTS (SELECT 1 FROM partner_verdict v WHERE v.indicator_id = w.id)
     GROUP BY 1, 2, 3, 4 ORDER BY w.held, w.kind, w.value LIMIT ${SHOWN + 1}`,
  );
  return { rows: rows.slice(0, SHOWN), more: rows.length > SHOWN };
}
