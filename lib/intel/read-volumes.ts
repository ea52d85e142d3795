/** What campaigns drew, summed over the hours that each run keeps of a cluster; never from raw exchanges. */
import { database } from '@/lib/database/client';
import type { Gathered } from './gathered-clusters';
import type { CampaignVolume } from './schema';

const NOTHING: CampaignVolume = {
  accounts: 0,
  exchanges: 0,
  inputTokens: 0,
  outputTokens: 0,
  firstAt: null,
  lastAt: null,
};

/** By campaign; one without clusters that count has drawn nothing. */
export async function readVolumes(
  gathered: readonly Gathered[],
): Promise<(campaignId: number) => CampaignVolume> {
  const counted = gathered.filter((cluster) => cluster.counts);
  const clusters = counted.map(({ id }) => id);
  const campaigns = counted.map(({ campaignId }) => campaignId);
  const rows = await database().$queryRaw<(Row & { id: number })[]>`
    WITH gathered AS (SELECT * FROM unnest(${clusters}::int[], ${campaigns}::int[]) AS g (cluster_id, id)),
    traffic AS (
      SELECT g.id, sum(h.exchanges)::float8 AS exchanges, sum(h.input_tokens)::float8 AS "inputTokens",
        sum(h.output_tokens)::float8 AS "outputTokens", min(h.hour) AS "firstAt", max(h.hour) AS "lastAt"
      FROM gathered g JOIN cluster_hour h USING (cluster_id) GROUP BY 1),
    people AS (
      SELECT g.id, count(DISTINCT m.account_key)::int AS accounts
      FROM gathered g JOIN cluster_member m USING (cluster_id) WHERE m.role <> 'weak' GROUP BY 1)
    SELECT id, accounts, exchanges, "inputTokens", "outputTokens", "firstAt", "lastAt"
    FROM people FULL JOIN traffic USING (id)`;
  const byId = new Map(rows.map(({ id, ...row }) => [id, toVolume(row)]));
  return (campaignId) => byId.get(campaignId) ?? NOTHING;
}

interface Row {
  accounts: number | null;
  exchanges: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  firstAt: Date | null;
  lastAt: Date | null;
}

function toVolume(row: Row): CampaignVolume {
  return {
    accounts: row.accounts ?? 0,
    exchanges: row.exchanges ?? 0,
    inputTokens: row.inputTokens ?? 0,
    outputTokens: row.outputTokens ?? 0,
    firstAt: row.firstAt?.toISOString() ?? null,
    lastAt: row.lastAt?.toISOString() ?? null,
  };
}
