import { requireRight } from '@/lib/access/require-right';
import { may, RIGHTS } from '@/lib/access/rules';
import type { Actor, Person } from '@/lib/access/schema';
import { hideAddresses } from '@/lib/audit/rules';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { clusterRowInclude, toClusterRow } from './cluster-row';
import { listReleases } from './list-releases';
import { IN_QUEUE, MUTED, QUEUE_ORDER, queueConditions } from './queue-conditions';
import { type ClusterFilter, QUEUE_ROWS } from './queue-filter';
import type { PersonRef, QueuePage } from './schema';
import { statusNotes } from './status-notes';

/** The queue: the first rows that match, with the counts of its tabs. @throws AppError forbidden */
export async function listClusters(
  actor: Actor,
  filter: ClusterFilter,
  rows = QUEUE_ROWS.first,
): Promise<QueuePage> {
  requireRight(actor, 'desk.read');
  const reader = actor.kind === 'user' ? actor : null;
  const where = queueConditions(filter, reader);
  const [found, total, counts, kinds, people, releases, campaigns] = await Promise.all([
    database().cluster.findMany({
      where,
      orderBy: queueOrder(filter),
      take: rows,
      include: clusterRowInclude,
    }),
    database().cluster.count({ where }),
    countTabs(reader),
    database().evidence.findMany({
      where: { cluster: IN_QUEUE },
      distinct: ['kind'],
      select: { kind: true },
      orderBy: { kind: 'asc' },
    }),
    listPeople(),
    listReleases(),
    listCampaigns(actor),
  ]);
  const notes = await statusNotes(found.map((cluster) => cluster.id));
  const releasedAt = releases.map(({ at }) => at);
  return {
    rows: found.map((cluster) => toClusterRow(cluster, releasedAt, notes.get(cluster.id) ?? null)),
    total,
    counts,
    kinds: kinds.map(({ kind }) => kind),
    people,
    campaigns,
  };
}

/** People's own words may name an address. */
async function listCampaigns(actor: Actor): Promise<QueuePage['campaigns']> {
  const rows = await database().campaign.findMany({
    where: { clusters: { some: {} } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
  if (may(actor, 'desk.read_sensitive')) return rows;
  return rows.map(({ id, name }) => ({ id, name: hideAddresses(name) }));
}

/** The order that a filter asks for. */
export function queueOrder({ sort, dir }: ClusterFilter): Prisma.ClusterOrderByWithRelationInput[] {
  // The oldest has the greatest age and the earliest time.
  const age = dir === 'desc' ? 'asc' : 'desc';
  const first: Prisma.ClusterOrderByWithRelationInput = sort === 'age' ? { createdAt: age } : { [sort]: dir };
  return [first, ...QUEUE_ORDER];
}

/** Each count is what the tab's own filters would find. */
async function countTabs(reader: Person | null): Promise<QueuePage['counts']> {
  const count = (...all: Prisma.ClusterWhereInput[]) => database().cluster.count({ where: { AND: all } });
  const [open, mine, unclaimedDistillation, regrowth, resellers, confirmed, dismissed, muted] =
    await Promise.all([
      count(IN_QUEUE),
      reader ? count(IN_QUEUE, { assigneeId: reader.id }) : 0,
      count(IN_QUEUE, { assigneeId: null, quadrant: 'distillation' }),
      count(IN_QUEUE, { reopenedCause: 'regrowth' }),
      count(IN_QUEUE, { quadrant: 'reseller_review' }),
      count({ status: 'confirmed' }),
      count({ status: 'dismissed' }),
      count(MUTED),
    ]);
  return { open, mine, unclaimedDistillation, regrowth, resellers, confirmed, dismissed, muted };
}

/** Everyone who may claim, and those who did while they might. */
function listPeople(): Promise<PersonRef[]> {
  return database().user.findMany({
    where: {
      OR: [{ role: { in: [...RIGHTS['cluster.claim']] }, disabledAt: null }, { claims: { some: {} } }],
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
}
