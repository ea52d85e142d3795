import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { rowInclude, toRow } from './proposal-row';
import { VIEW_STATUSES } from './rules';
import type { ProposalFilter, ProposalList } from './schema';

/** Rows shown; older ones are found through their cluster or the audit. */
const ROWS = 200;

/** Proposals, newest first, with the counts of all tabs. @throws AppError forbidden */
export async function listProposals(actor: Actor, filter: ProposalFilter): Promise<ProposalList> {
  requireRight(actor, 'desk.read');
  const found = await database().proposal.findMany({
    where: conditions(actor, filter),
    orderBy: { id: 'desc' },
    take: ROWS,
    include: rowInclude,
  });
  const [settled, counts] = await Promise.all([countSettled(found.map((p) => p.id)), countViews(actor)]);
  const rows = found.map((proposal) =>
    toRow(actor, proposal, settled.get(proposal.id) ?? { done: 0, dead: 0 }),
  );
  return { rows, counts };
}

function conditions(actor: Actor, { view }: ProposalFilter): Prisma.ProposalWhereInput {
  if (view === 'all') return {};
  if (view === 'mine') return { proposedById: personId(actor) };
  return { status: { in: [...VIEW_STATUSES[view]] } };
}

/** Nobody has the id 0: machines have no proposals of their own. */
const personId = (actor: Actor): number => (actor.kind === 'user' ? actor.id : 0);

async function countSettled(ids: number[]): Promise<Map<number, { done: number; dead: number }>> {
  const counts = new Map(ids.map((id) => [id, { done: 0, dead: 0 }]));
  const rows = await database().proposalItem.groupBy({
    by: ['proposalId', 'state'],
    where: { proposalId: { in: ids }, state: { in: ['done', 'dead'] } },
    _count: true,
  });
  for (const row of rows) {
    const count = counts.get(row.proposalId);
    if (count && (row.state === 'done' || row.state === 'dead')) count[row.state] = row._count;
  }
  return counts;
}

async function countViews(actor: Actor): Promise<ProposalList['counts']> {
  const [byStatus, mine, waitsForMe] = await Promise.all([
    database().proposal.groupBy({ by: ['status'], _count: true }),
    database().proposal.count({ where: { proposedById: personId(actor) } }),
    countWaitingFor(actor),
  ]);
  const sum = (statuses: readonly string[]) =>
    byStatus.reduce((total, row) => total + (statuses.includes(row.status) ? row._count : 0), 0);
  return {
    waiting: sum(VIEW_STATUSES.waiting),
    running: sum(VIEW_STATUSES.running),
    closed: sum(VIEW_STATUSES.closed),
    all: byStatus.reduce((total, row) => total + row._count, 0),
    mine,
    waitsForMe,
  };
}

/** Proposals that the reader could answer now. */
async function countWaitingFor(actor: Actor): Promise<number> {
  if (actor.kind !== 'user' || !may(actor, 'proposal.approve')) return 0;
  return database().proposal.count({
    where: {
      status: 'waiting',
      expiresAt: { gt: new Date() },
      proposedById: { not: actor.id },
      approvals: { none: { approverId: actor.id } },
    },
  });
}
