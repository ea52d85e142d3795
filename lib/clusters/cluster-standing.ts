/** Where a cluster stands when somebody acts on it, and the words for those who came second. */
import type { Actor } from '@/lib/access/schema';
import type { AuditVerb } from '@/lib/audit/schema';
import { writeRefusal } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { clusterId, noSuchCluster } from './find-cluster';
import { agoInWords, clusterRef } from './rules';

const standingSelect = {
  id: true,
  name: true,
  status: true,
  reopenedCause: true,
  assigneeId: true,
  claimedAt: true,
  assignee: { select: { name: true } },
  accounts: true,
  score: true,
  updatedAt: true,
  decisions: { orderBy: { id: 'desc' }, take: 1, select: { at: true, author: { select: { name: true } } } },
} satisfies Prisma.ClusterSelect;

export type Standing = Prisma.ClusterGetPayload<{ select: typeof standingSelect }>;

/** @throws AppError not_found */
export async function readStanding(tx: Transaction, id: number): Promise<Standing> {
  const cluster = await tx.cluster.findUnique({ where: { id: clusterId(id) }, select: standingSelect });
  if (!cluster) throw noSuchCluster(id);
  return cluster;
}

/** Somebody else holds it. */
export function claimConflict(standing: Standing): AppError {
  const ago = standing.claimedAt ? ` ${agoInWords(standing.claimedAt, new Date())} ago` : '';
  return new AppError('conflict', `${standing.assignee?.name ?? 'Someone else'} claimed this${ago}.`);
}

const STATUS_WORDS = {
  open: 'open',
  in_review: 'in review',
  confirmed: 'confirmed',
  dismissed: 'dismissed',
} as const;

/** Its state does not allow what was asked; names who brought it there. @param asked "confirmed", "claimed", ... */
export function statusConflict(asked: string, standing: Standing): AppError {
  const [last] = standing.decisions;
  const decided = standing.status === 'confirmed' || standing.status === 'dismissed';
  const by = decided && last ? ` by ${last.author.name} ${agoInWords(last.at, new Date())} ago` : '';
  const next = standing.status === 'dismissed' ? ' Reopen it first.' : '';
  return new AppError(
    'conflict',
    `This cluster is ${STATUS_WORDS[standing.status]}${by}, so it cannot be ${asked}.${next}`,
  );
}

/** The conditional update found another state than was read: somebody was faster. */
export async function moved(tx: Transaction, id: number, asked: string): Promise<AppError> {
  const now = await readStanding(tx, id);
  return now.assigneeId === null ? statusConflict(asked, now) : claimConflict(now);
}

/** Runs a verb; a conflict that ends it is written down as refused, after its transaction is undone. */
export async function refuseConflict<T>(
  actor: Actor,
  verb: AuditVerb,
  id: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') {
      const cluster = await database().cluster.findUnique({ where: { id }, select: { name: true } });
      await writeRefusal(actor, {
        verb,
        object: { type: 'cluster', id: clusterRef(id), label: cluster?.name },
        reason: error.forPerson,
      });
    }
    throw error;
  }
}
