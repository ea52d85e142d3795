/** Which clusters a list holds. */

import type { Person } from '@/lib/access/schema';
import type { Prisma } from '@/lib/database/generated/client';
import { MAX_ID } from '@/lib/storable-id';
import { storableText } from '@/lib/storable-text';
import type { ClusterFilter } from './queue-filter';

/** What lists call open: all that is not dismissed. A finding that the latest run no longer makes stays only if
 * somebody took it on, and one that rests on a muted pattern waits outside. */
export const IN_QUEUE: Prisma.ClusterWhereInput = {
  OR: [{ status: { in: ['in_review', 'confirmed'] } }, { status: 'open', active: true, mutedById: null }],
};

/** Open ones that a muted pattern keeps out of it. */
export const MUTED: Prisma.ClusterWhereInput = { status: 'open', active: true, mutedById: { not: null } };

/** The order of the queue: score, then detection's own rank. */
export const QUEUE_ORDER = [
  { score: 'desc' },
  { rank: 'asc' },
  { id: 'asc' },
] satisfies Prisma.ClusterOrderByWithRelationInput[];

/** The queue's filters for Prisma. `who: 'me'` is the reader; a machine or the command line has no clusters. */
export function queueConditions(filter: ClusterFilter, reader: Person | null): Prisma.ClusterWhereInput {
  // An address may name states that do not exist; none left is as none asked for.
  const all: Prisma.ClusterWhereInput[] = [
    filter.status?.length ? { status: { in: filter.status } } : IN_QUEUE,
  ];
  if (filter.quadrant?.length) all.push({ quadrant: { in: filter.quadrant } });
  if (filter.min !== undefined) all.push({ score: { gte: filter.min } });
  if (filter.size !== undefined) all.push({ accounts: { gte: Math.min(filter.size, MAX_ID) } });
  if (filter.reopened) all.push({ reopenedCause: filter.reopened });
  if (filter.kind) all.push({ evidence: { some: { kind: filter.kind } } });
  if (filter.who) all.push({ assigneeId: assignee(filter.who, reader) });
  if (filter.campaign) all.push({ campaign: { is: { campaignId: filter.campaign } } });
  if (filter.age) all.push(aged(filter.age));
  if (filter.q) all.push(named(filter.q));
  return { AND: all };
}

function assignee(who: string, reader: Person | null): number | null {
  if (who === 'nobody') return null;
  // 0 is nobody's id: an unknown name finds nothing rather than everything.
  const id = who === 'me' ? (reader?.id ?? 0) : Number(who);
  return Number.isInteger(id) && id > 0 && id <= MAX_ID ? id : 0;
}

const DAY_MS = 86_400_000;

/** @param age "under-1d" or "over-7d", as the filter's schema has it */
function aged(age: string): Prisma.ClusterWhereInput {
  const [which, days = ''] = age.split('-');
  const before = new Date(Date.now() - Number.parseInt(days, 10) * DAY_MS);
  return { createdAt: which === 'under' ? { gt: before } : { lte: before } };
}

function named(text: string): Prisma.ClusterWhereInput {
  const id = Number(/^(?:cl-?)?(\d{1,9})$/i.exec(text)?.[1]);
  // Prisma passes % and _ on as wildcards.
  const contains = storableText(text).replaceAll(/[\\%_]/g, '\\$&');
  const name: Prisma.ClusterWhereInput = { name: { contains, mode: 'insensitive' } };
  return Number.isInteger(id) ? { OR: [{ id }, name] } : name;
}
