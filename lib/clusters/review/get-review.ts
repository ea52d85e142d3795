import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { agreementOf } from '../review-rules';
import type { ReviewDetail, ReviewItem } from '../review-schema';
import { clusterRef, isPaying } from '../rules';
import { sharedValues } from '../shared-values';

/** Values of each kind that are looked at for each of two dozen accounts. */
const PER_KIND = 12;
const SHOWN = 40;

/**
 * A sample with what can be seen of each account: what it shares with the members, what it sends, who owns it. How
 * strongly detection holds it, and which accounts are controls, is not in it before the review is finished.
 * @throws AppError forbidden, not_found
 */
export async function getReview(actor: Actor, id: number): Promise<ReviewDetail> {
  requireRight(actor, 'desk.read');
  const review = await database().review.findUnique({
    where: { id },
    include: {
      cluster: {
        select: { id: true, name: true, accounts: true, status: true, run: { select: { windowTo: true } } },
      },
      reviewer: { select: { id: true, name: true } },
      items: { orderBy: { ordinal: 'asc' }, include: { account: true } },
    },
  });
  if (!review) throw new AppError('not_found', 'There is no such review. Look for it in the list.');
  const { cluster, reviewer, items, finishedAt } = review;
  const keys = items.map((item) => item.accountKey);
  const [shared, classes, clusterClasses, newer] = await Promise.all([
    sharedValues(actor, cluster.id, keys, PER_KIND),
    classesOf(keys),
    database().$queryRaw<ReviewDetail['clusterClasses']>`
      SELECT class::int, sum(exchanges)::float8 AS exchanges FROM cluster_hour WHERE cluster_id = ${cluster.id}
      GROUP BY 1 ORDER BY 2 DESC, 1`,
    database().review.count({ where: { clusterId: cluster.id, id: { gt: id } } }),
    noteRead(actor, { type: 'cluster', id: clusterRef(cluster.id) }),
  ]);
  const windowTo = cluster.run.windowTo ?? new Date();
  const mine = actor.kind === 'user' && reviewer?.id === actor.id;
  return {
    id,
    cluster: { id: cluster.id, name: cluster.name, accounts: cluster.accounts },
    drawnAt: review.drawnAt.toISOString(),
    population: review.population,
    reviewer,
    finishedAt: finishedAt?.toISOString() ?? null,
    refusal: refusal(actor, review, newer > 0 || cluster.status !== 'confirmed'),
    mine,
    clusterClasses,
    // The verdicts of somebody who is still at it are theirs alone.
    items: items.map(({ account, accountKey, ordinal, inside, verdict, reasonCode, note }): ReviewItem => {
      const open = finishedAt !== null || mine;
      return {
        ordinal,
        accountId: account.id,
        plan: account.plan,
        country: account.country,
        program: account.program,
        organization: account.organizationId !== null,
        verified: account.verifiedOrganization,
        enterprise: account.enterprise,
        paying: isPaying(account, windowTo),
        monthlySpendUsd: account.monthlySpendUsd,
        createdAt: account.createdAt?.toISOString() ?? null,
        lastSeenAt: account.lastSeenAt?.toISOString() ?? null,
        exchanges: Number(account.exchanges),
        classes: classes.get(accountKey) ?? [],
        shared: (shared.get(accountKey) ?? []).slice(0, SHOWN),
        verdict: open ? verdict : null,
        reasonCode: open ? reasonCode : null,
        note: open ? note : null,
        inside: finishedAt === null ? null : inside,
      };
    }),
    agreement: finishedAt && agreementOf(items),
  };
}

function refusal(
  actor: Actor,
  review: {
    confirmedById: number;
    finishedAt: Date | null;
    reviewerId: number | null;
    reviewer: { name: string } | null;
  },
  void_: boolean,
): string | null {
  if (review.finishedAt) return 'This review is finished.';
  if (void_) return 'The confirmation that this review is about no longer stands.';
  if (!may(actor, 'cluster.review') || actor.kind !== 'user')
    return 'Your role may look at reviews and not judge: that takes an analyst or an approver.';
  if (review.confirmedById === actor.id)
    return 'You confirmed this cluster. Somebody else has to review its sample.';
  if (review.reviewer && review.reviewerId !== actor.id) return `${review.reviewer.name} has taken it up.`;
  return null;
}

async function classesOf(keys: readonly number[]): Promise<Map<number, ReviewItem['classes']>> {
  const rows = await database().$queryRaw<{ key: number; class: number; exchanges: number }[]>`
    SELECT account_key AS key, class::int, sum(exchanges)::float8 AS exchanges FROM account_hour
    WHERE account_key = ANY(${[...keys]}::int[]) GROUP BY 1, 2 ORDER BY 3 DESC, 2`;
  const found = new Map<number, ReviewItem['classes']>();
  for (const { key, ...row } of rows) {
    const list = found.get(key);
    if (list) list.push(row);
    else found.set(key, [row]);
  }
  return found;
}
