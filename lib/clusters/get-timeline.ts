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
  const cluster = await database().cluster.findUnique({
    where: { id: clusterId(id) },
    select: { accounts: true, run: { select: { benignAccounts: true } } },
  });
  if (!cluster) throw noSuchCluster(id);
  return readTimeline([id], cluster.accounts, cluster.run.benignAccounts);
}

/** The traffic of several clusters as one. @param accounts theirs, of which the benign baseline is of the same size */
export async function readTimeline(
  ids: readonly number[],
  accounts: number,
  benignAccounts: number,
): Promise<ClusterTimeline> {
  const [hours, releases, actions] = await Promise.all([
    readHours(ids),
    listReleases(),
    Promise.all(ids.map(timelineActions)).then(inOrder),
  ]);
  const from = hours[0]?.hour;
  const to = hours.at(-1)?.hour;
  if (from === undefined || to === undefined) return { hours: [], benign: [], releases: [], actions };
  const scale = benignAccounts > 0 ? accounts / benignAccounts : 0;
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
async function readHours(ids: readonly number[]): Promise<ClusterTimeline['hours']> {
  const rows = await database().$queryRaw<
    { hour: Date; class: number; exchanges: number; outputTokens: number }[]
  >`
    SELECT hour, class, sum(exchanges)::float8 AS exchanges, sum(output_tokens)::float8 AS "outputTokens"
    FROM cluster_hour WHERE cluster_id = ANY(${[...ids]}::int[]) GROUP BY hour, class ORDER BY hour, class`;
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

const inOrder = (actions: ClusterTimeline['actions'][]) =>
  actions.flat().sort((a, b) => a.at.localeCompare(b.at));

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
