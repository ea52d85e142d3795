import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { detectionKind } from '@/lib/detection/kinds';
import { rarity } from '@/lib/detection/rarity';
import { AppError } from '@/lib/errors';
import { HOLDERS_SHOWN, type IndicatorDetail } from './indicator-schema';
import { isSensitiveKind } from './rules';

const DAYS_SHOWN = 180;
const LARGEST = 2n ** 63n;

/** Everything known of one indicator. Values of most kinds are addresses, cards or prompts: those are for readers with
 * 'desk.read_sensitive' alone, and that they were read is in the audit. @throws AppError forbidden, not_found */
export async function getIndicator(actor: Actor, text: string): Promise<IndicatorDetail> {
  requireRight(actor, 'desk.read');
  const id = /^-?\d{1,19}$/.test(text) ? BigInt(text) : LARGEST;
  if (id >= LARGEST || id < -LARGEST) throw noSuchIndicator();
  const indicator = await database().indicator.findUnique({ where: { id } });
  if (!indicator) throw noSuchIndicator();
  if (isSensitiveKind(indicator.kind)) requireRight(actor, 'desk.read_sensitive');
  const [days, clusters, holders, [totals], population] = await Promise.all([
    listDays(id),
    listClustersWith(id),
    listHolders(id),
    database().$queryRaw<
      { accounts: number; outside: number; firstDay: string | null; lastDay: string | null }[]
    >`
      WITH held AS (SELECT account_key, min(day) AS first, max(day) AS last FROM account_indicator
        WHERE indicator_id = ${id} GROUP BY 1)
      SELECT count(*)::int AS accounts, to_char(min(first), 'YYYY-MM-DD') AS "firstDay",
        to_char(max(last), 'YYYY-MM-DD') AS "lastDay",
        (count(*) FILTER (WHERE NOT EXISTS (
          SELECT FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id
          WHERE m.account_key = held.account_key AND m.role <> 'weak' AND c.active AND c.status <> 'dismissed')))::int AS outside
      FROM held`,
    database().account.count(),
    noteRead(actor, { type: 'indicator', id: text }),
  ]);
  const accounts = totals?.accounts ?? 0;
  const { lambda } = detectionKind(indicator.kind);
  return {
    id: text,
    kind: indicator.kind,
    value: indicator.value,
    accounts,
    population,
    kindWeight: lambda,
    weight: accounts === 0 ? 0 : rarity(lambda, accounts, Math.max(population, accounts)),
    firstDay: totals?.firstDay ?? null,
    lastDay: totals?.lastDay ?? null,
    outside: totals?.outside ?? 0,
    days,
    clusters,
    holders,
  };
}

function noSuchIndicator(): AppError {
  return new AppError('not_found', 'There is no such indicator. Open it from a cluster or an account again.');
}

/** By day, the last ones that are known, oldest first. */
async function listDays(id: bigint): Promise<IndicatorDetail['days']> {
  const days = await database().$queryRaw<IndicatorDetail['days']>`
    WITH held AS (
      SELECT account_key, day, sum(count)::float8 AS count, min(day) OVER (PARTITION BY account_key) AS first
      FROM account_indicator WHERE indicator_id = ${id} GROUP BY 1, 2)
    SELECT to_char(day, 'YYYY-MM-DD') AS day, count(*)::int AS accounts, (count(*) FILTER (WHERE day = first))::int AS fresh,
      sum(count) AS count
    FROM held GROUP BY held.day ORDER BY held.day DESC LIMIT ${DAYS_SHOWN}::int`;
  return days.reverse();
}

function listClustersWith(id: bigint): Promise<IndicatorDetail['clusters']> {
  return database().$queryRaw`
    SELECT c.id, c.name, c.status::text, c.reopened_cause AS "reopenedCause", c.active, c.score, c.accounts,
      count(*)::int AS holders
    FROM (SELECT DISTINCT account_key FROM account_indicator WHERE indicator_id = ${id}) held
    JOIN cluster_member m ON m.account_key = held.account_key AND m.role <> 'weak'
    JOIN cluster c ON c.id = m.cluster_id
    GROUP BY c.id ORDER BY holders DESC, c.id LIMIT 100`;
}

/** With the cluster that says most of each. */
function listHolders(id: bigint): Promise<IndicatorDetail['holders']> {
  return database().$queryRaw`
    WITH held AS (
      SELECT account_key, sum(count)::float8 AS count, min(day) AS first, max(day) AS last
      FROM account_indicator WHERE indicator_id = ${id} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${HOLDERS_SHOWN}::int)
    SELECT a.id AS "accountId", coalesce(a.enforced_status, a.reported_status)::text AS status, held.count,
      to_char(held.first, 'YYYY-MM-DD') AS "firstDay", to_char(held.last, 'YYYY-MM-DD') AS "lastDay",
      (SELECT json_build_object('id', c.id, 'name', c.name) FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id
       WHERE m.account_key = a.key ORDER BY c.active DESC, c.status <> 'dismissed' DESC, m.strength DESC, c.id LIMIT 1) AS cluster
    FROM held JOIN account a ON a.key = held.account_key ORDER BY held.count DESC, a.id`;
}
