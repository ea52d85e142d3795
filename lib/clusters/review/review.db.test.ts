import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { decideCluster } from '../decide-cluster';
import { judgeSchema } from '../review-schema';
import { insertCluster, insertUser } from '../testing/fixtures';
import { getReview } from './get-review';
import { finishReview, judgeAccount } from './judge-account';
import { listReviews } from './list-reviews';
import { readVerdicts } from './read-verdicts';
import { releaseReview, takeReview } from './take-review';

let first: Person;
let second: Person;
let clusterId: number;
let reviewId: number;

const confirm = (id: number) =>
  decideCluster(first, { verdict: 'confirm', clusterId: id, reasonCode: 'distillation', reason: 'one card' });
const judge = (person: Person, ordinal: number, verdict: 'belongs' | 'does_not', note = '') =>
  judgeAccount(
    person,
    judgeSchema.parse({
      reviewId,
      ordinal,
      verdict,
      reasonCode: note === '' ? (verdict === 'belongs' ? 'identity' : 'own_use') : 'other',
      note,
    }),
  );
const verbs = async () =>
  (
    await database().auditEntry.findMany({
      where: { verb: { startsWith: 'review.' } },
      orderBy: { id: 'asc' },
    })
  ).map((entry) => entry.verb);

beforeAll(async () => {
  [first, second] = await Promise.all([insertUser('analyst'), insertUser('approver')]);
  clusterId = await insertCluster({ status: 'open' }, [
    ...Array.from({ length: 60 }, () => ({})),
    ...Array.from({ length: 3 }, () => ({ role: 'weak' as const })),
  ]);
  await database().account.createMany({
    data: Array.from({ length: 40 }, (_, n) => ({ id: `stranger-${n}`, exchanges: 5 })),
  });
});

describe('sampled review', () => {
  it('draws twenty members and four controls with the confirmation, and offers them to everybody but who confirmed', async () => {
    await confirm(clusterId);
    const review = await database().review.findFirstOrThrow({ include: { items: true } });
    reviewId = review.id;
    expect(review).toMatchObject({ clusterId, confirmedById: first.id, population: 60, reviewerId: null });
    expect(review.items.filter((item) => item.inside)).toHaveLength(20);
    expect(review.items.filter((item) => !item.inside)).toHaveLength(4);
    expect((await listReviews(second, 'open')).rows).toMatchObject([{ id: reviewId, size: 24, own: false }]);
    expect((await listReviews(first, 'open')).rows).toMatchObject([{ own: true }]);
    await expect(takeReview(first, { reviewId })).rejects.toThrow('You confirmed this cluster.');
    await expect(
      database().review.update({
        where: { id: reviewId },
        data: { reviewerId: first.id, takenAt: new Date() },
      }),
    ).rejects.toThrow('review_by_another');
    await expect(takeReview(await insertUser('viewer'), { reviewId })).rejects.toThrow(
      'lacks cluster.review',
    );
  });

  it('goes to one of two who take it up at once', async () => {
    const third = await insertUser('analyst');
    const both = await Promise.allSettled([
      takeReview(second, { reviewId }),
      takeReview(third, { reviewId }),
    ]);
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = both[0]?.status === 'fulfilled' ? second : third;
    await expect(judge(winner === second ? third : second, 1, 'belongs')).rejects.toThrow('has taken it up');
    await judge(winner, 1, 'belongs');
    await releaseReview(winner, { reviewId });
    expect(await database().reviewItem.count({ where: { verdict: { not: null } } })).toBe(0);
    await takeReview(second, { reviewId });
  });

  it('shows neither role, strength nor which accounts are controls before it is finished', async () => {
    const text = JSON.stringify((await getReview(second, reviewId)).items);
    expect(text).not.toMatch(/strength|role|"inside":(true|false)/);
    await judge(second, 1, 'belongs');
    expect((await getReview(second, reviewId)).items[0]?.verdict).toBe('belongs');
    expect((await getReview(first, reviewId)).items[0]?.verdict).toBeNull();
  });

  it('counts once every account is judged, with agreement beyond chance', async () => {
    await expect(finishReview(second, { reviewId })).rejects.toThrow('23 accounts are not judged yet');
    const items = await database().reviewItem.findMany({ where: { reviewId }, orderBy: { ordinal: 'asc' } });
    const wrong = items.find((item) => item.inside)?.ordinal ?? 0;
    for (const item of items)
      await judge(
        second,
        item.ordinal,
        item.inside && item.ordinal !== wrong ? 'belongs' : 'does_not',
        'seen',
      );
    expect((await readVerdicts(database(), [clusterId])).clusters.size).toBe(0);
    await finishReview(second, { reviewId });
    const { agreement, items: shown } = await getReview(first, reviewId);
    expect(agreement).toMatchObject({ belongs: 19, doesNot: 1, controlsOut: 4, controlsIn: 0 });
    expect(agreement?.share?.value).toBe(0.95);
    // Both say in: 19/24, both say out: 4/24; chance agrees on 20·19 + 4·5 of 24².
    expect(agreement?.kappa).toBeCloseTo((23 / 24 - 400 / 576) / (1 - 400 / 576));
    expect(shown.filter((item) => item.inside === false)).toHaveLength(4);
    const { clusters, accounts } = await readVerdicts(database(), [clusterId]);
    expect(clusters.get(clusterId)).toEqual({ belongs: 19, doesNot: 1, cannotTell: 0 });
    expect(accounts.size).toBe(20);
    await expect(judge(second, 1, 'does_not')).rejects.toThrow('This review is finished');
    expect((await verbs()).filter((verb) => verb !== 'review.judge')).toEqual([
      'review.take',
      'review.release',
      'review.take',
      'review.finish',
    ]);
  });

  it('falls with the confirmation that it is about', async () => {
    const other = await insertCluster({ status: 'open' }, [{}, {}, {}]);
    await confirm(other);
    const { rows } = await listReviews(second, 'open');
    expect(rows.map((row) => row.cluster.id)).toEqual([other]);
    await decideCluster(first, {
      verdict: 'reopen',
      clusterId: other,
      reasonCode: 'person',
      reason: 'too early',
    });
    expect((await listReviews(second, 'open')).rows).toEqual([]);
    await expect(takeReview(second, { reviewId: rows[0]?.id ?? 0 })).rejects.toThrow('no longer stands');
  });
});
