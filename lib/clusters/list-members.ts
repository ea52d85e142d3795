import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { leaversWithout } from './count-without';
import { clusterId, noSuchCluster } from './find-cluster';
import { hideMember } from './hide-sensitive';
import type { MemberFilter } from './member-filter';
import { clusterRef, isPaying, numberInWords } from './rules';
import type { MemberPage, MemberRow, SelectedMember } from './schema';

type StoredMember = Prisma.ClusterMemberGetPayload<{ include: { account: true } }>;

/** A page of a cluster's accounts. Search looks at id and name, for readers who may not see names at the id alone.
 * @throws AppError forbidden, not_found */
export async function listMembers(actor: Actor, id: number, filter: MemberFilter): Promise<MemberPage> {
  requireRight(actor, 'desk.read');
  const where = await conditions(clusterId(id), filter, may(actor, 'desk.read_sensitive'));
  const [cluster, total, members, plans] = await Promise.all([
    database().cluster.findUnique({ where: { id }, select: { run: { select: { windowTo: true } } } }),
    database().clusterMember.count({ where }),
    database().clusterMember.findMany({
      where,
      orderBy: order(filter),
      skip: filter.offset,
      take: filter.limit,
      include: { account: true },
    }),
    filter.offset === 0 ? listPlans(id) : [],
  ]);
  if (!cluster) throw noSuchCluster(id);
  await noteRead(actor, { type: 'cluster', id: clusterRef(id) });
  const windowTo = cluster.run.windowTo ?? new Date();
  return { rows: members.map((member) => hideMember(actor, toMemberRow(member, windowTo))), total, plans };
}

/** Members that one selection holds: the most that a cluster's page is made for. */
const MOST_SELECTED = 20_000;

/** Of the accounts that a filter leaves all that may be acted on, weak ones not. @throws AppError forbidden, not_found,
 * limit */
export async function selectMembers(
  actor: Actor,
  id: number,
  filter: MemberFilter,
): Promise<SelectedMember[]> {
  requireRight(actor, 'desk.read');
  const where = await conditions(clusterId(id), filter, may(actor, 'desk.read_sensitive'));
  const [cluster, members] = await Promise.all([
    database().cluster.findUnique({ where: { id }, select: { run: { select: { windowTo: true } } } }),
    database().clusterMember.findMany({
      where: { AND: [where, { role: { not: 'weak' } }] },
      orderBy: order(filter),
      take: MOST_SELECTED + 1,
      select: { account: { select: { id: true, monthlySpendUsd: true, lastPaidAt: true } } },
    }),
  ]);
  if (!cluster) throw noSuchCluster(id);
  if (members.length > MOST_SELECTED)
    throw new AppError(
      'limit',
      `At most ${numberInWords(MOST_SELECTED)} accounts at once. Narrow the filter.`,
    );
  const windowTo = cluster.run.windowTo ?? new Date();
  return members.map(({ account }) => ({
    accountId: account.id,
    monthlySpendUsd: account.monthlySpendUsd,
    paying: isPaying(account, windowTo),
  }));
}

async function listPlans(id: number): Promise<string[]> {
  const rows = await database().$queryRaw<{ plan: string }[]>`
    SELECT a.plan FROM cluster_member m JOIN account a ON a.key = m.account_key
    WHERE m.cluster_id = ${id}::int AND a.plan IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 50`;
  return rows.map((row) => row.plan);
}

/** Keys of the members that one kind alone holds. */
async function heldByOne(id: number): Promise<number[]> {
  const rows = await database().$queryRaw<{ key: number }[]>`
    SELECT account_key AS key FROM cluster_member WHERE cluster_id = ${id}::int AND cardinality(kinds) < 2`;
  return rows.map((row) => row.key);
}

async function conditions(
  id: number,
  filter: MemberFilter,
  names: boolean,
): Promise<Prisma.ClusterMemberWhereInput> {
  const { role, q, plan, spend, status, links, without } = filter;
  const where: Prisma.ClusterMemberWhereInput = { clusterId: id };
  if (role) where.role = role === 'proposable' ? { in: ['core', 'member'] } : role;
  const account: Prisma.AccountWhereInput[] = [];
  if (q) {
    // Prisma passes % and _ on as wildcards.
    const text = { contains: storableText(q).replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
    account.push(names ? { OR: [{ id: text }, { displayName: text }] } : { id: text });
  }
  if (plan) account.push({ plan: storableText(plan) });
  if (spend) account.push(SPENDS[spend]);
  if (status)
    account.push({ OR: [{ enforcedStatus: status }, { enforcedStatus: null, reportedStatus: status }] });
  if (account.length > 0) where.account = { AND: account };
  const keys = await Promise.all([links && heldByOne(id), without && leaversWithout(id, without)]);
  const [first, second] = keys.filter((each) => Array.isArray(each));
  // One list of keys: twice twenty thousand are more parameters than a statement has.
  if (first) where.accountKey = { in: second ? intersect(first, second) : first };
  return where;
}

function intersect(some: readonly number[], others: readonly number[]): number[] {
  const known = new Set(others);
  return some.filter((key) => known.has(key));
}

const SPENDS: Record<NonNullable<MemberFilter['spend']>, Prisma.AccountWhereInput> = {
  none: { OR: [{ monthlySpendUsd: null }, { monthlySpendUsd: { lte: 0 } }] },
  some: { monthlySpendUsd: { gt: 0 } },
  'over-100': { monthlySpendUsd: { gte: 100 } },
  'over-1000': { monthlySpendUsd: { gte: 1_000 } },
};

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

export function toMemberRow({ account, role, strength, kinds }: StoredMember, windowTo: Date): MemberRow {
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
