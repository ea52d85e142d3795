import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import { clusterId, noSuchCluster } from './find-cluster';
import { listReleases } from './list-releases';
import type { ClusterTimeline } from './schema';
import { timelineActions } from './timeline-actions';

const HOUR_MS = 3_600_000;

/** A cluster's traffic by hour and class with what happened beside it; read from the hours that each run keeps and
 * never from raw exchanges. @throws AppError forbidden, not_found */
export async function getTimeline(actor: Actor, id: number): Promise<ClusterTimeline> {
  requireRight(actor, 'desk.read');
  const where = { id: clusterId(id) };
  const [cluster, hours, releases, actions] = await Promise.all([
    database().cluster.findUnique({
      where,
      select: { accounts: true, run: { select: { benignAccounts: true } } },
    }),
    readHours(id),
    listReleases(),
    timelineActions(id),
  ]);
  if (!cluster) throw noSuchCluster(id);
  const from = hours[0]?.hour;
  const to = hours.at(-1)?.hour;
  if (from === undefined || to === undefined) return { hours: [], benign: [], releases: [], actions };
  const { benignAccounts } = cluster.run;
  const scale = benignAccounts > 0 ? cluster.accounts / benignAccounts : 0;
  const end = Date.parse(to) + HOUR_MS;
  return {
    hours,
    benign: scale > 0 ? await readBenign(new Date(from), new Date(to), scale) : [],
    releases: releases
      .filter(({ at }) => at.getTime() >= Date.parse(from) && at.getTime() < end)
      .map(({ model, at }) => ({ model, at: at.toISOString() })),
    actions,
  };
}

/** Hours with traffic, ascending, each with its figures by class. */
async function readHours(id: number): Promise<ClusterTimeline['hours']> {
  const rows = await database().$queryRaw<
    { hour: Date; class: number; exchanges: number; outputTokens: number }[]
  >`
    SELECT hour, class, exchanges, output_tokens::float8 AS "outputTokens"
    FROM cluster_hour WHERE cluster_id = ${id} ORDER BY hour, class`;
  const hours: ClusterTimeline['hours'] = [];
  let at = Number.NaN;
  for (const row of rows) {
    if (row.hour.getTime() !== at) {
      at = row.hour.getTime();
      hours.push({ hour: row.hour.toISOString(), exchanges: noneYet(), outputTokens: noneYet() });
    }
    const hour = hours.at(-1);
    if (!hour || row.class >= PATTERN_CLASSES.length) continue;
    hour.exchanges[row.class] = row.exchanges;
    hour.outputTokens[row.class] = row.outputTokens;
  }
  return hours;
}

const noneYet = () => new Array<number>(PATTERN_CLASSES.length).fill(0);

/** What as many benign accounts send: all benign traffic times cluster accounts by benign accounts. */
async function readBenign(from: Date, to: Date, scale: number): Promise<ClusterTimeline['benign']> {
  const rows = await database().benignHour.findMany({
    where: { hour: { gte: from, lte: to } },
    orderBy: { hour: 'asc' },
  });
  return rows.map(({ hour, exchanges, outputTokens }) => ({
    hour: hour.toISOString(),
    exchanges: exchanges * scale,
    outputTokens: Number(outputTokens) * scale,
  }));
}
