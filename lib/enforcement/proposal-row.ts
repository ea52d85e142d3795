import type { Actor } from '@/lib/access/schema';
import type { Prisma } from '@/lib/database/generated/client';
import type { SourceDetail } from './find-source';
import { refusalOf } from './rules';
import type { ItemState, ProposalRow } from './schema';

/** What a row of the list needs. */
export const rowInclude = {
  cluster: { select: { id: true, name: true, score: true } },
  proposedBy: { select: { id: true, name: true } },
  approvals: {
    orderBy: { id: 'asc' },
    select: { verdict: true, reason: true, at: true, approver: { select: { id: true, name: true } } },
  },
} satisfies Prisma.ProposalInclude;

export type ProposalWithRow = Prisma.ProposalGetPayload<{ include: typeof rowInclude }>;

/** Why the reader may not answer it, or null. */
export function readerRefusal(actor: Actor, proposal: ProposalWithRow): string | null {
  return refusalOf(actor, {
    ...proposal,
    expired: proposal.expiresAt.getTime() <= Date.now(),
    answeredBy: proposal.approvals.map((a) => a.approver.id),
  });
}

export function toRow(
  actor: Actor,
  proposal: ProposalWithRow,
  counts: Pick<Record<ItemState, number>, 'done' | 'dead'>,
): ProposalRow {
  const detail = proposal.sourceDetail as unknown as Partial<SourceDetail>;
  return {
    id: proposal.id,
    action: proposal.action,
    countermeasure: proposal.countermeasure,
    countermeasureName: detail.countermeasureName ?? proposal.countermeasure,
    status: proposal.status,
    cluster: proposal.cluster,
    source: proposal.source,
    sourceLabel: proposal.cluster?.name ?? detail.label ?? 'a list',
    accountCount: proposal.accountCount,
    reason: proposal.reason,
    proposedBy: proposal.proposedBy,
    proposedAt: proposal.proposedAt.toISOString(),
    expiresAt: proposal.expiresAt.toISOString(),
    approvals: proposal.approvals.filter((a) => a.verdict === 'approve').length,
    approvalsRequired: proposal.approvalsRequired,
    waitsForMe: readerRefusal(actor, proposal) === null,
    done: counts.done,
    dead: counts.dead,
    note: proposal.note,
  };
}
