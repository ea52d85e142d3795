import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { ACT, ACT_OF } from './appeal-rate';
import type { AppealRate, WrongActions } from './appeal-schema';

/** How often owners were right against the detection: of one cluster, or of all. Accounts count once, however often
 * they were acted on. @throws AppError forbidden */
export async function getWrongActions(actor: Actor, clusterId?: number): Promise<WrongActions> {
  requireRight(actor, 'desk.read');
  const of =
    clusterId === undefined
      ? Prisma.empty
      : Prisma.sql`AND COALESCE(i.cluster_id, p.cluster_id) = ${clusterId}::int`;
  const acted = Prisma.sql`acted AS (
    SELECT DISTINCT ON (i.account_key) i.account_key, i.kinds
    FROM proposal_item i JOIN proposal p ON p.id = i.proposal_id
    WHERE i.state = 'done' AND p.action::text <> 'restore' AND NOT p.shadow ${of}
    ORDER BY i.account_key, i.proposal_id DESC)`;
  const appealed = Prisma.sql`appealed AS (
    SELECT a.account_key, bool_or(a.state = 'granted') AS granted
    FROM appeal a ${ACT_OF} JOIN proposal p ON p.id = ${ACT}
    JOIN proposal_item i ON i.proposal_id = p.id AND i.account_key = a.account_key
    WHERE true ${of} GROUP BY a.account_key)`;
  const [[sums], kinds] = await Promise.all([
    database().$queryRaw<AppealRate[]>`
      WITH ${acted}, ${appealed}
      SELECT (SELECT count(*)::int FROM acted) AS "actedOn", (SELECT count(*)::int FROM appealed) AS appeals,
        (SELECT count(*)::int FROM appealed WHERE granted) AS granted`,
    database().$queryRaw<WrongActions['kinds']>`
      WITH ${acted}, ${appealed}
      SELECT kind, count(*)::int AS "actedOn", count(*) FILTER (WHERE granted)::int AS granted
      FROM acted CROSS JOIN unnest(acted.kinds) AS kind LEFT JOIN appealed USING (account_key)
      GROUP BY kind HAVING count(*) FILTER (WHERE granted) > 0
      ORDER BY granted DESC, count(*), kind`,
  ]);
  return { ...(sums ?? { actedOn: 0, appeals: 0, granted: 0 }), kinds };
}
