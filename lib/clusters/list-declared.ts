import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { DeclaredGroup } from './declared-schema';

/** Accounts of a group that are named. */
const NAMED = 5;

/**
 * Groups that the latest run held together and gave back because they say who they are and ask for nothing unusual or work through one benchmark, the
 * largest first. What they name is null, and no account is named, for readers who may not see values.
 * @throws AppError forbidden
 */
export async function listDeclared(actor: Actor): Promise<DeclaredGroup[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().$queryRaw<DeclaredGroup[]>`
    SELECT g.id, g.declared_by AS "by", g.extraction, count(*)::int AS accounts, sum(a.exchanges)::float8 AS exchanges,
      (count(*) FILTER (WHERE a.monthly_spend_usd > 0))::int AS paying,
      mode() WITHIN GROUP (ORDER BY CASE g.declared_by WHEN 'organization' THEN a.organization_id
        ELSE lower(a.email_domain) END) AS name,
      (array_agg(a.id ORDER BY a.exchanges DESC, a.id))[1:${NAMED}::int] AS examples
    FROM declared_group g JOIN account a ON a.key = ANY(g.account_keys)
    GROUP BY g.id ORDER BY accounts DESC, g.id`;
  if (may(actor, 'desk.read_sensitive')) return rows;
  return rows.map((row) => ({ ...row, name: null, examples: [] }));
}
