import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { agreementOf } from '../review-rules';
import type { ReviewPage, ReviewRow, ReviewView } from '../review-schema';
import { STANDING } from './standing-reviews';

const ROWS = 200;

/** Samples of confirmed clusters: those to be taken up, the reader's own, the finished. @throws AppError forbidden */
export async function listReviews(actor: Actor, view: ReviewView): Promise<ReviewPage> {
  requireRight(actor, 'desk.read');
  const readerId = actor.kind === 'user' ? actor.id : 0;
  const where: Record<ReviewView, Prisma.Sql> = {
    open: Prisma.sql`r.reviewer_id IS DISTINCT FROM ${readerId}::int AND ${STANDING}`,
    mine: Prisma.sql`r.reviewer_id = ${readerId}::int AND ${STANDING}`,
    done: Prisma.sql`r.finished_at IS NOT NULL`,
  };
  const [found, counts] = await Promise.all([
    database().$queryRaw<{ id: number }[]>`
      SELECT r.id FROM review r WHERE ${where[view]}
      ORDER BY r.finished_at DESC NULLS LAST, r.reviewer_id NULLS FIRST, r.id LIMIT ${ROWS}`,
    database().$queryRaw<ReviewPage['counts'][]>`
      SELECT (count(*) FILTER (WHERE ${where.open}))::int AS open, (count(*) FILTER (WHERE ${where.mine}))::int AS mine,
        (count(*) FILTER (WHERE ${where.done}))::int AS done
      FROM review r`,
  ]);
  const rows = await readRows(
    found.map((row) => row.id),
    readerId,
  );
  return { rows, counts: counts[0] ?? { open: 0, mine: 0, done: 0 } };
}

/** All samples that were drawn of a cluster, newest first. @throws AppError forbidden */
export async function listReviewsOf(actor: Actor, clusterId: number): Promise<ReviewRow[]> {
  requireRight(actor, 'desk.read');
  const found = await database().review.findMany({
    where: { clusterId },
    orderBy: { id: 'desc' },
    take: ROWS,
    select: { id: true },
  });
  return readRows(
    found.map((row) => row.id),
    actor.kind === 'user' ? actor.id : 0,
  );
}

/** In the order of the ids. */
async function readRows(ids: readonly number[], readerId: number): Promise<ReviewRow[]> {
  const reviews = await database().review.findMany({
    where: { id: { in: [...ids] } },
    include: {
      cluster: { select: { id: true, name: true, accounts: true } },
      reviewer: { select: { id: true, name: true } },
      items: { select: { inside: true, verdict: true } },
    },
  });
  const byId = new Map(reviews.map((review) => [review.id, review]));
  return ids.flatMap((id): ReviewRow[] => {
    const review = byId.get(id);
    if (!review) return [];
    const { cluster, reviewer, drawnAt, finishedAt, items } = review;
    return [
      {
        id,
        cluster,
        drawnAt: drawnAt.toISOString(),
        size: items.length,
        judged: items.filter((item) => item.verdict !== null).length,
        reviewer,
        finishedAt: finishedAt?.toISOString() ?? null,
        own: review.confirmedById === readerId,
        agreement: finishedAt && agreementOf(items),
      },
    ];
  });
}
