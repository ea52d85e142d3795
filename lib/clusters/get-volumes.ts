import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { estimatePrevented } from './estimate-prevented';
import type { VolumeDays } from './fixed-sets';
import { listReleases } from './list-releases';
import type { AbuseRow, Volumes } from './volume-schema';

const DAY_MS = 86_400_000;
const PATHS = 20;

const holder = globalThis as { weirVolumes?: Map<string, Promise<Volumes>> };

/**
 * Volumes by day and abuse by door, over clusters with both axes high that are not dismissed. It sums over many hours of
 * many clusters, so a process keeps the answer until a run, a decision, a ban or a campaign changes it. @throws AppError forbidden
 */
export async function getVolumes(actor: Actor, days: VolumeDays): Promise<Volumes> {
  requireRight(actor, 'desk.read');
  const [run, decision, ban, undone, gathered] = await Promise.all([
    database().detectionRun.findFirst({ orderBy: { id: 'desc' }, select: { id: true, windowTo: true } }),
    database().decision.aggregate({ _max: { id: true } }),
    database().clusterBan.aggregate({ _max: { id: true } }),
    database().decision.aggregate({ _max: { undoneAt: true } }),
    database().campaignCluster.aggregate({ _max: { addedAt: true }, _count: true }),
  ]);
  const stamp = [
    run?.id,
    decision._max.id,
    ban._max.id,
    undone._max.undoneAt?.getTime(),
    gathered._max.addedAt?.getTime(),
    gathered._count,
  ].join(' ');
  holder.weirVolumes ??= new Map();
  const known = holder.weirVolumes;
  const name = `${stamp} ${days}`;
  let volumes = known.get(name);
  if (!volumes) {
    for (const old of known.keys()) if (!old.startsWith(`${stamp} `)) known.delete(old);
    volumes = sum(days, run?.windowTo ?? new Date());
    known.set(name, volumes);
    volumes.catch(() => known.delete(name));
  }
  return volumes;
}

async function sum(count: number, to: Date): Promise<Volumes> {
  const last = Math.floor(to.getTime() / DAY_MS) * DAY_MS;
  const starts = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * DAY_MS);
  const from = new Date(starts[0] ?? last);
  const clusters = await database().cluster.findMany({
    where: {
      quadrant: 'distillation',
      OR: [{ status: { in: ['in_review', 'confirmed'] } }, { status: 'open', active: true, mutedById: null }],
    },
    select: { id: true },
  });
  const ids = clusters.map(({ id }) => id);
  const [drawn, byCluster, bans, gathered, releases, programs, paths] = await Promise.all([
    database().$queryRaw<{ day: string; exchanges: number }[]>`
      SELECT to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(exchanges)::float8 AS exchanges
      FROM cluster_hour WHERE cluster_id = ANY(${ids}::int[]) AND hour >= ${from} GROUP BY 1`,
    database().$queryRaw<{ clusterId: number; exchanges: number }[]>`
      SELECT cluster_id AS "clusterId", sum(exchanges)::float8 AS exchanges
      FROM cluster_hour WHERE cluster_id = ANY(${ids}::int[]) AND hour >= ${from} GROUP BY 1`,
    database().clusterBan.findMany({
      orderBy: { bannedAt: 'asc' },
      include: { cluster: { select: { name: true } } },
    }),
    database().campaignCluster.findMany({ select: { clusterId: true, campaignId: true } }),
    listReleases(),
    listPrograms(ids),
    listPaths(ids),
  ]);
  const byDay = new Map(drawn.map(({ day, exchanges }) => [day, exchanges]));
  const effects = bans.map((ban) => ({
    clusterId: ban.clusterId,
    bannedAt: ban.bannedAt.getTime(),
    perDay: ban.exchangesPerDay,
    regrownPerDay: ban.regrownPerDay,
    regrownAt: ban.firstMatchAt?.getTime() ?? null,
  }));
  const prevented = estimatePrevented(starts, effects);
  const campaignOf = new Map(gathered.map(({ clusterId, campaignId }) => [clusterId, campaignId]));
  const volumeOf = (campaignId: number | null) => {
    const isOf = ({ clusterId }: { clusterId: number }) => (campaignOf.get(clusterId) ?? null) === campaignId;
    return {
      campaignId,
      extracted: total(byCluster.filter(isOf).map(({ exchanges }) => exchanges)),
      prevented: total(estimatePrevented(starts, effects.filter(isOf))),
    };
  };
  const days = starts.map((start, index) => {
    const day = dayOf(new Date(start));
    return { day, extracted: byDay.get(day) ?? 0, prevented: prevented[index] ?? 0 };
  });
  return {
    days,
    extracted: total(days.map((day) => day.extracted)),
    prevented: total(days.map((day) => day.prevented)),
    clusters: ids.length,
    releases: releases.filter(({ at }) => at >= from).map(({ model, at }) => ({ model, day: dayOf(at) })),
    bans: bans
      .filter((ban) => ban.bannedAt >= from)
      .map((ban) => ({
        day: dayOf(ban.bannedAt),
        accounts: ban.accounts,
        clusterId: ban.clusterId,
        name: ban.cluster.name,
      })),
    campaigns: [...new Set(gathered.map(({ campaignId }) => campaignId)), null]
      .map(volumeOf)
      .filter((row) => row.extracted + row.prevented > 0)
      .sort((a, b) => b.extracted - a.extracted || b.prevented - a.prevented),
    programs,
    paths,
  };
}

const total = (figures: readonly number[]) => figures.reduce((sum, figure) => sum + figure, 0);

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

function listPrograms(ids: number[]): Promise<AbuseRow[]> {
  return database().$queryRaw`
    WITH held AS (SELECT DISTINCT account_key FROM cluster_member
      WHERE cluster_id = ANY(${ids}::int[]) AND role <> 'weak')
    SELECT a.program AS name, count(held.account_key)::int AS accounts, count(*)::int AS all, '' AS "indicatorId"
    FROM account a LEFT JOIN held ON held.account_key = a.key
    GROUP BY 1 HAVING count(held.account_key) > 0 OR a.program IS NOT NULL ORDER BY 2 DESC, 3 DESC, 1`;
}

function listPaths(ids: number[]): Promise<AbuseRow[]> {
  return database().$queryRaw`
    WITH path AS MATERIALIZED (SELECT id, value FROM indicator WHERE kind = 'access_path' LIMIT ${PATHS}::int),
    held AS MATERIALIZED (SELECT DISTINCT account_key FROM cluster_member
      WHERE cluster_id = ANY(${ids}::int[]) AND role <> 'weak'),
    used AS MATERIALIZED (SELECT DISTINCT l.account_key, l.indicator_id FROM account_indicator l JOIN path ON path.id = l.indicator_id)
    SELECT path.value AS name, path.id::text AS "indicatorId", count(held.account_key)::int AS accounts, count(*)::int AS all
    FROM used JOIN path ON path.id = used.indicator_id LEFT JOIN held ON held.account_key = used.account_key
    GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1`;
}
