import { expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { explainMember } from './explain-member';
import { getCluster } from './get-cluster';
import { listMembers } from './list-members';
import { readMemberFilter } from './member-filter';
import { insertCluster, insertUser } from './testing/fixtures';

it('tells of each account what it shares and what would be without a kind, and lists who would leave', async () => {
  const analyst = await insertUser('analyst');
  const clusterId = await insertCluster(
    {},
    [
      { id: 'both', kinds: ['payment', 'device'] },
      { id: 'card', kinds: ['payment'], strength: 0.5 },
      { id: 'far', role: 'weak', strength: 0.1, kinds: ['device'] },
    ],
    [{ retentionWithout: 0.4 }],
  );
  await database().account.createMany({ data: [{ id: 'outsider' }] });
  const keyOf = async (id: string) => (await database().account.findUniqueOrThrow({ where: { id } })).key;
  const [both, card, far, outsider] = await Promise.all(['both', 'card', 'far', 'outsider'].map(keyOf));
  await database().$executeRaw`UPDATE cluster_member SET strength_without = CASE account_key
    WHEN ${both} THEN ARRAY[.6, .9] WHEN ${card} THEN ARRAY[.2] ELSE ARRAY[0] END::float8[]`;
  await database().indicator.createMany({
    data: [
      { id: 1n, kind: 'payment', value: 'pm_1' },
      { id: 2n, kind: 'device', value: 'dev_1' },
      { id: 3n, kind: 'phone', value: 'own' },
    ],
  });
  await makeWeeks('2026-09-20', '2026-09-22');
  await database().$executeRaw`
    INSERT INTO account_indicator (account_key, indicator_id, day, count)
    SELECT a, i, '2026-09-20'::date + d, 1 FROM (VALUES (${both}::int, 1), (${card}::int, 1), (${both}::int, 2),
      (${far}::int, 2), (${both}::int, 3), (${outsider}::int, 1)) AS l(a, i), generate_series(0, 2) AS d`;

  const why = await explainMember(analyst, clusterId, 'both');
  expect(why).toMatchObject({ role: 'core', weakUnder: 0.3 });
  expect(why.kinds).toEqual([
    { kind: 'payment', without: 0.6, stays: true },
    { kind: 'device', without: 0.9, stays: true },
  ]);
  // The device is held by a weak member alone, the phone by nobody else.
  expect(why.shared).toMatchObject([{ kind: 'payment', value: 'pm_1', members: 1, population: 3 }]);
  const auditor = await insertUser('auditor');
  expect((await explainMember(auditor, clusterId, 'both')).shared[0]?.value).toBeNull();
  await expect(explainMember(analyst, clusterId, 'outsider')).rejects.toMatchObject({ code: 'not_found' });

  const { without, thresholds } = await getCluster(analyst, clusterId);
  expect(without).toMatchObject([
    { kind: 'payment', held: 2, leaves: 1, retention: 0.4 },
    { kind: 'device', held: 1, leaves: 0, retention: null },
  ]);
  expect(thresholds).toMatchObject({ coordination: 0.6, extraction: 0.4, coordinationFrom: 'shipped' });
  const leavers = await listMembers(analyst, clusterId, readMemberFilter([['without', 'payment']]));
  expect(leavers.rows.map((row) => row.accountId)).toEqual(['card']);
});
