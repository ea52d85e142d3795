import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { storableText } from '@/lib/storable-text';
import { listConflicts } from './account-conflicts';
import { ACCOUNT_PAGE, type AccountFilter, type AccountMembership, type AccountPage } from './account-schema';

/** What a membership needs of its cluster. */
export const membershipSelect = {
  role: true,
  strength: true,
  kinds: true,
  cluster: { select: { id: true, name: true, status: true, score: true, active: true } },
} satisfies Prisma.ClusterMemberSelect;

/** Live and undismissed first, then by how strongly the account is held. */
export function byWeight(a: AccountMembership, b: AccountMembership): number {
  const live = (m: AccountMembership) =>
    Number(m.cluster.active) * 2 + Number(m.cluster.status !== 'dismissed');
  return live(b) - live(a) || b.strength - a.strength || a.cluster.id - b.cluster.id;
}

/** One page of accounts that match, a hundred at a time. Readers without 'desk.read_sensitive' get no names and
 * search by id alone, so that a search cannot tell them a name either. @throws AppError forbidden */
export async function listAccounts(actor: Actor, filter: AccountFilter): Promise<AccountPage> {
  requireRight(actor, 'desk.read');
  const sensitive = may(actor, 'desk.read_sensitive');
  const where = conditions(filter, sensitive);
  if (filter.conflict) where.key = { in: await listConflicts() };
  await noteRead(actor, { type: 'account', id: '*', label: 'List of accounts' });
  const [total, all, found] = await Promise.all([
    database().account.count({ where }),
    database().account.count({ where: KNOWN }),
    database().account.findMany({
      where,
      orderBy: [order(filter), { key: 'asc' }],
      skip: (filter.page - 1) * ACCOUNT_PAGE,
      take: ACCOUNT_PAGE,
      include: { memberships: { select: membershipSelect } },
    }),
  ]);
  const rows = found.map((account) => {
    const memberships = account.memberships.sort(byWeight);
    return {
      id: account.id,
      displayName: sensitive ? account.displayName : null,
      status: account.enforcedStatus ?? account.reportedStatus,
      plan: account.plan,
      country: account.country,
      program: account.program,
      verified: account.verifiedOrganization,
      enterprise: account.enterprise,
      monthlySpendUsd: account.monthlySpendUsd,
      exchanges: Number(account.exchanges),
      createdAt: account.createdAt?.toISOString() ?? null,
      lastSeenAt: account.lastSeenAt?.toISOString() ?? null,
      membership: memberships[0] ?? null,
      otherMemberships: Math.max(0, memberships.length - 1),
    };
  });
  return { rows, total, all };
}

/** Forgotten accounts are numbers that counts hang on, nothing to look at. */
const KNOWN = { forgottenAt: null };

function conditions(filter: AccountFilter, sensitive: boolean): Prisma.AccountWhereInput {
  const and: Prisma.AccountWhereInput[] = [KNOWN];
  if (filter.q) {
    // Prisma passes % and _ on as wildcards.
    const like = {
      contains: storableText(filter.q).replaceAll(/[\\%_]/g, '\\$&'),
      mode: 'insensitive' as const,
    };
    const fields: Prisma.AccountWhereInput[] = [{ id: like }];
    if (sensitive) fields.push({ displayName: like }, { organizationId: like }, { emailDomain: like });
    and.push({ OR: fields });
  }
  if (filter.status) {
    and.push({
      OR: [{ enforcedStatus: filter.status }, { enforcedStatus: null, reportedStatus: filter.status }],
    });
  }
  if (filter.program) and.push({ program: filter.program === 'none' ? null : storableText(filter.program) });
  if (filter.cluster) and.push({ memberships: filter.cluster === 'in' ? { some: {} } : { none: {} } });
  return { AND: and };
}

/** Descending age is the oldest account first. */
function order({ sort, dir }: AccountFilter): Prisma.AccountOrderByWithRelationInput {
  if (sort === 'id') return { id: dir };
  if (sort === 'exchanges') return { exchanges: dir };
  if (sort === 'seen') return { lastSeenAt: { sort: dir, nulls: 'last' } };
  if (sort === 'spend') return { monthlySpendUsd: { sort: dir, nulls: 'last' } };
  return { createdAt: { sort: dir === 'desc' ? 'asc' : 'desc', nulls: 'last' } };
}
