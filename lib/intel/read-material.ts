/** Everything that a bundle is made of, read from the desk. */

import { clusterId, noSuchCluster } from '@/lib/clusters/find-cluster';
import { clusterRef } from '@/lib/clusters/rules';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import { readSetting } from '@/lib/settings/read-setting';
import { MAX_ID } from '@/lib/storable-id';
import { refuseNames } from './check-text';
import { noSuchCampaign } from './find-campaign';
import { readGathered } from './gathered-clusters';
import { readSightings } from './read-sightings';
import { type ReadValues, readValues } from './read-values';
import { readVolumes } from './read-volumes';
import type { ShareOptions } from './share-schema';
import { producerSetting } from './sharing-settings-schema';
import type { CampaignMaterial, ClusterMaterial, Material, Volume } from './stix/material';

export interface ReadMaterial {
  material: Material;
  leftOut: ReadValues['leftOut'];
}

/**
 * @param hashKey the key that partners agreed on, when something leaves hashed
 * @throws AppError not_found; conflict when nothing of it may leave, or a text names somebody
 */
export async function readMaterial(options: ShareOptions, hashKey: Buffer | null): Promise<ReadMaterial> {
  const { subject, tlp } = options;
  const [namespace, producer, found] = await Promise.all([
    readNamespace(),
    readSetting(producerSetting),
    subject.kind === 'campaign' ? findCampaign(subject.id) : findCluster(subject.id),
  ]);
  const { campaign, clusters } = found;
  const ids = clusters.map(({ id }) => id);
  const [{ values, leftOut }, sightings] = await Promise.all([
    readValues(ids, options),
    readSightings(ids, tlp),
  ]);
  await refuseNames({
    'The name': campaign?.name ?? '',
    'The summary': campaign?.summary ?? '',
    'The actor': [campaign?.attribution?.actor, ...(campaign?.attribution?.aliases ?? [])].join(' '),
  });
  return {
    material: { producer: producer.value, namespace, tlp, campaign, clusters, values, sightings, hashKey },
    leftOut,
  };
}

/** Made at first use; whoever does so at the same time gets the same. */
async function readNamespace(): Promise<string> {
  await database().stixNamespace.createMany({ data: [{ only: true }], skipDuplicates: true });
  return (await database().stixNamespace.findFirstOrThrow()).id;
}

type Found = Pick<Material, 'campaign' | 'clusters'>;

async function findCluster(id: number): Promise<Found> {
  const cluster = await database().cluster.findUnique({ where: { id: clusterId(id) } });
  if (!cluster) throw noSuchCluster(id);
  if (cluster.status === 'dismissed')
    throw new AppError('conflict', `${clusterRef(id)} is dismissed: it is not shared. Reopen it first.`);
  return { campaign: null, clusters: await readClusters([id]) };
}

async function findCampaign(id: number): Promise<Found> {
  const gathered = await readGathered([id]);
  const clusters = await readClusters(gathered.filter(({ counts }) => counts).map((cluster) => cluster.id));
  const { accounts } = (await readVolumes(gathered))(id);
  const campaign = await readCampaign(id, accounts, clusters);
  if (clusters.length > 0) return { campaign, clusters };
  throw new AppError(
    'conflict',
    'No cluster of this campaign counts, so there is nothing to tell. Add one first.',
  );
}

async function readClusters(ids: readonly number[]): Promise<ClusterMaterial[]> {
  const [rows, volumes] = await Promise.all([
    database().cluster.findMany({
      where: { id: { in: [...ids] } },
      orderBy: { id: 'asc' },
    }),
    readHours(ids),
  ]);
  return rows.map(({ id, name, status, quadrant, retentionLow, accounts }) => ({
    id,
    name,
    confirmed: status === 'confirmed',
    quadrant,
    retentionLow,
    volume: { accounts, ...(volumes.get(id) ?? nothing()) },
  }));
}

const nothing = (): Omit<Volume, 'accounts'> => ({
  exchanges: 0,
  inputTokens: 0,
  outputTokens: 0,
  classes: PATTERN_CLASSES.map(() => 0),
  firstAt: null,
  lastAt: null,
});

async function readHours(ids: readonly number[]): Promise<Map<number, Omit<Volume, 'accounts'>>> {
  const rows = await database().$queryRaw<
    { id: number; class: number; exchanges: number; input: number; output: number; first: Date; last: Date }[]
  >`
    SELECT cluster_id AS id, class, sum(exchanges)::float8 AS exchanges, sum(input_tokens)::float8 AS input,
      sum(output_tokens)::float8 AS output, min(hour) AS first, max(hour) AS last
    FROM cluster_hour WHERE cluster_id = ANY(${[...ids]}::int[]) GROUP BY 1, 2 ORDER BY 1, 2`;
  const volumes = new Map<number, Omit<Volume, 'accounts'>>();
  for (const row of rows) {
    const volume = volumes.get(row.id) ?? nothing();
    volumes.set(row.id, volume);
    volume.exchanges += row.exchanges;
    volume.inputTokens += row.input;
    volume.outputTokens += row.output;
    if (row.class < PATTERN_CLASSES.length) volume.classes[row.class] = row.exchanges;
    if (!volume.firstAt || row.first < volume.firstAt) volume.firstAt = row.first;
    if (!volume.lastAt || row.last > volume.lastAt) volume.lastAt = row.last;
  }
  return volumes;
}

/** @param accounts each counted once, however many of the clusters it is in */
async function readCampaign(
  id: number,
  accounts: number,
  clusters: readonly ClusterMaterial[],
): Promise<CampaignMaterial> {
  if (id > MAX_ID) throw noSuchCampaign();
  const row = await database().campaign.findUnique({
    where: { id },
    include: { hypotheses: { where: { state: 'attributed' }, include: { actor: true } } },
  });
  if (!row) throw noSuchCampaign();
  const [attributed] = row.hypotheses;
  const sum = (of: (volume: Volume) => number) =>
    clusters.reduce((total, { volume }) => total + of(volume), 0);
  const times = (of: (volume: Volume) => Date | null) =>
    clusters
      .map(({ volume }) => of(volume))
      .filter((at) => at !== null)
      .map((at) => at.getTime());
  const firsts = times((volume) => volume.firstAt);
  const lasts = times((volume) => volume.lastAt);
  return {
    id,
    name: row.name,
    summary: row.summary,
    volume: {
      accounts,
      exchanges: sum((volume) => volume.exchanges),
      inputTokens: sum((volume) => volume.inputTokens),
      outputTokens: sum((volume) => volume.outputTokens),
      classes: PATTERN_CLASSES.map((_, index) => sum((volume) => volume.classes[index] ?? 0)),
      firstAt: firsts.length > 0 ? new Date(Math.min(...firsts)) : null,
      lastAt: lasts.length > 0 ? new Date(Math.max(...lasts)) : null,
    },
    attribution: attributed
      ? {
          actorId: attributed.actor.id,
          actor: attributed.actor.name,
          aliases: attributed.actor.aliases,
          confidence: attributed.confidence,
        }
      : null,
  };
}
