/** Clusters for other programs, read with a key that opens them. */
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { BEST_FIRST, lineInclude, SHOWN, summaryInclude, toLine, toSummary } from './cluster-line';
import { clusterId, noSuchCluster } from './find-cluster';
import type { AccountPage, AccountQuery, ClusterLine, ClusterPage, ClusterQuery } from './machine-schema';
import { clusterRef } from './rules';

/** A page of the latest run's clusters, best first; those dismissed are in none unless asked for.
 * @throws AppError forbidden */
export async function listForMachines(actor: Actor, query: ClusterQuery): Promise<ClusterPage> {
  requireRight(actor, 'desk.read_sensitive');
  const { offset, limit, status, quadrant } = query;
  const where: Prisma.ClusterWhereInput = {
    ...SHOWN,
    ...(status && { status }),
    ...(quadrant && { quadrant }),
  };
  const [total, found] = await Promise.all([
    database().cluster.count({ where }),
    database().cluster.findMany({
      where,
      orderBy: BEST_FIRST,
      skip: offset,
      take: limit,
      include: summaryInclude,
    }),
  ]);
  await noteRead(actor, { type: 'export', id: 'clusters' });
  return { clusters: found.map(toSummary), total, next: nextAfter(offset, found.length, total) };
}

/** One cluster, whatever became of it, with all its accounts. @throws AppError forbidden, not_found */
export async function getForMachines(actor: Actor, id: number): Promise<ClusterLine> {
  requireRight(actor, 'desk.read_sensitive');
  const cluster = await database().cluster.findUnique({ where: { id: clusterId(id) }, include: lineInclude });
  if (!cluster) throw noSuchCluster(id);
  await noteRead(actor, { type: 'cluster', id: clusterRef(id) });
  return toLine(cluster);
}

/** A page of a cluster's accounts, the strongest first. @throws AppError forbidden, not_found */
export async function listAccountsForMachines(
  actor: Actor,
  id: number,
  { offset, limit, role }: AccountQuery,
): Promise<AccountPage> {
  requireRight(actor, 'desk.read_sensitive');
  const where: Prisma.ClusterMemberWhereInput = { clusterId: clusterId(id), ...(role && { role }) };
  const [cluster, total, members] = await Promise.all([
    database().cluster.findUnique({ where: { id }, select: { id: true } }),
    database().clusterMember.count({ where }),
    database().clusterMember.findMany({
      where,
      orderBy: [{ strength: 'desc' }, { accountKey: 'asc' }],
      skip: offset,
      take: limit,
      include: { account: true },
    }),
  ]);
  if (!cluster) throw noSuchCluster(id);
  await noteRead(actor, { type: 'cluster', id: clusterRef(id) });
  return {
    accounts: members.map(({ account, role, strength, kinds }) => ({
      account_id: account.id,
      role,
      strength,
      kinds,
      status: account.enforcedStatus ?? account.reportedStatus,
      exchanges: Number(account.exchanges),
    })),
    total,
    next: nextAfter(offset, members.length, total),
  };
}

const nextAfter = (offset: number, shown: number, total: number) =>
  shown > 0 && offset + shown < total ? offset + shown : null;
