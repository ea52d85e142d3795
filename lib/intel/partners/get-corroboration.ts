import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import { MAX_ID } from '@/lib/storable-id';
import type { Corroboration } from '../partner-schema';

const SHOWN = 200;

/** What partners say of a cluster's values, the surest first. What is held, disputed, taken back or over is not there.
 * @throws AppError forbidden: it holds addresses */
export async function getCorroboration(actor: Actor, clusterId: number): Promise<Corroboration[]> {
  requireRight(actor, 'desk.read_sensitive');
  if (clusterId > MAX_ID) return [];
  const { rows } = await pool().query<
    Omit<Corroboration, 'saidAt' | 'validUntil'> & { saidAt: Date; validUntil: Date }
  >(
    `WITH standing AS (
       SELECT m.indicator_id, m.accounts, p.partner_id, p.tlp, p.confidence, p.hashed, p.modified, p.valid_until
       FROM partner_match m JOIN partner_indicator p USING (partner_id, stix_id, ordinal)
       WHERE m.held IS NULL AND NOT p.revoked AND p.valid_until > now() AND NOT EXISTS (
         SELECT 1 FROM partner_verdict v
         WHERE v.indicator_id IN (m.indicator_id, p.indicator_id) AND NOT v.counts)),
     shown AS (
       SELECT a.indicator_id, count(DISTINCT a.account_key)::int AS members
       FROM account_indicator a
         JOIN cluster_member c ON c.account_key = a.account_key AND c.cluster_id = $1 AND c.role <> 'weak'
       WHERE a.indicator_id IN (SELECT indicator_id FROM standing) GROUP BY 1)
     SELECT DISTINCT ON (s.indicator_id, s.partner_id) i.id::text AS "indicatorId", i.kind, i.value, o.name AS partner,
       s.tlp, s.confidence, s.hashed, s.modified AS "saidAt", s.valid_until AS "validUntil", h.members, s.accounts
     FROM standing s JOIN shown h USING (indicator_id) JOIN indicator i ON i.id = s.indicator_id
       JOIN partner o ON o.id = s.partner_id
     ORDER BY s.indicator_id, s.partner_id, s.confidence DESC LIMIT ${SHOWN}`,
    [clusterId],
  );
  return rows
    .map(({ saidAt, validUntil, ...row }) => ({
      ...row,
      saidAt: saidAt.toISOString(),
      validUntil: validUntil.toISOString(),
    }))
    .sort((a, b) => b.confidence - a.confidence || b.members - a.members);
}
