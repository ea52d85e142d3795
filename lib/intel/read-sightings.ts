import { pool } from '@/lib/database/pool';
import { TLPS, type Tlp } from './share-schema';
import type { Sighted } from './stix/material';

/**
 * Which of partners' indicators accounts of these clusters show. What a partner marked closer than the share is, or for
 * this organization alone, is not told on, not even by its id; neither is what is held or disputed.
 */
export async function readSightings(clusterIds: readonly number[], tlp: Tlp): Promise<Sighted[]> {
  const open = TLPS.slice(0, TLPS.indexOf(tlp) + 1).filter(
    (each) => each !== 'amber+strict' && each !== 'red',
  );
  const { rows } = await pool().query<Sighted>(
    `WITH standing AS (
       SELECT m.indicator_id, p.stix_id FROM partner_match m JOIN partner_indicator p USING (partner_id, stix_id, ordinal)
       WHERE m.held IS NULL AND NOT p.revoked AND p.valid_until > now() AND p.tlp = ANY($2) AND NOT EXISTS (
         SELECT 1 FROM partner_verdict v
         WHERE v.indicator_id IN (m.indicator_id, p.indicator_id) AND NOT v.counts))
     SELECT s.stix_id AS "stixId", count(DISTINCT a.account_key)::int AS accounts,
       min(a.day)::timestamp AT TIME ZONE 'UTC' AS "firstDay", max(a.day)::timestamp AT TIME ZONE 'UTC' AS "lastDay"
     FROM standing s JOIN account_indicator a USING (indicator_id)
       JOIN cluster_member c ON c.account_key = a.account_key AND c.cluster_id = ANY($1) AND c.role <> 'weak'
     GROUP BY s.stix_id ORDER BY s.stix_id COLLATE "C"`,
    [clusterIds, open],
  );
  return rows;
}
