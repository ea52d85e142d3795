import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { storableText } from '@/lib/storable-text';
import { leaversWithout } from './count-without';
import { clusterId, noSuchCluster } from './find-cluster';
import { hideMember } from './hide-sensitive';
import { clusterRef, isPaying } from './rules';
import type { MemberFilter, MemberPage, MemberRow } from './schema';

type StoredMember = Prisma.ClusterMemberGetPayload<{ include: { account: true } }>;

/** A page of a cluster's accounts. Search looks at id and name, for readers who may not see names at the id alone.
 * @throws AppError forbidden, not_found */
export async function listMembers(actor: Actor, id: number, filter: MemberFilter): Promise<MemberPage> {
  requireRight(actor, 'desk.read');
  const where = conditions(clusterId(id), filter, may(actor, 'desk.read_sensitive'));
  if (filter.without) where.accountKey = { in: await leaversWithout(id, filter.without) };
  const [cluster, total, members] = await Promise.all([
    database().cluster.findUnique({ where: { id }, select: { run: { select: { windowTo: true } } } }),
    database().clusterMember.count({ where }),
    database().clusterMember.findMany({
      where,
      orderBy: order(filter),
      skip: filter.offset,
      take: filter.limit,
      include: { account: true },
    }),
  ]);
  if (!cluster) throw noSuchCluster(id);
  await noteRead(actor, { type: 'cluster', id: clusterRef(id) });
  const windowTo = cluster.run.windowTo ?? new Date();
  return { rows: members.map((member) => hideMember(actor, toMemberRow(member, windowTo))), total };
}

function conditions(id: number, { role, q }: MemberFilter, names: boolean): Prisma.ClusterMemberWhereInput {
  const where: Prisma.ClusterMemberWhereInput = { clusterId: id };
  if (role) where.role = role === 'proposable' ? { in: ['core', 'member'] } : role;
  if (!q) return where;
  // Prisma passes % and _ on as wildcards.
  const text = { contains: storableText(q).replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
  where.account = names ? { OR: [{ id: text }, { displayName: text }] } : { id: text };
  return where;
}

function order({ sort, dir }: MemberFilter): Prisma.ClusterMemberOrderByWithRelationInput[] {
  return [sortBy(sort, dir), { accountKey: 'asc' }];
}

function sortBy(
  sort: MemberFilter['sort'],
  dir: 'asc' | 'desc',
): Prisma.ClusterMemberOrderByWithRelationInput {
  switch (sort) {
    case 'strength':
      return { strength: dir };
    case 'exchanges':
      return { account: { exchanges: dir } };
    case 'spend':
      return { account: { monthlySpendUsd: { sort: dir, nulls: 'last' } } };
    case 'age':
      // The oldest account has the greatest age and the earliest time.
      return { account: { createdAt: { sort: dir === 'desc' ? 'asc' : 'desc', nulls: 'last' } } };
  }
}

function toMemberRow({ account, role, strength, kinds }: StoredMember, windowTo: Date): MemberRow {
  return {
    accountId: account.id,
    displayName: account.displayName,
    role,
    strength,
    kinds,
    plan: account.plan,
    country: account.country,
    program: account.program,
    monthlySpendUsd: account.monthlySpendUsd,
    paying: isPaying(account, windowTo),
    verified: account.verifiedOrganization,
    enterprise: account.enterprise,
    exchanges: Number(account.exchanges),
    createdAt: account.createdAt?.toISOString() ?? null,
    status: account.enforcedStatus ?? account.reportedStatus,
  };
}
