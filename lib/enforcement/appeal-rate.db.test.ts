import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { appealRate } from './appeal-rate';
import { insertAct, insertAppeal } from './testing/insert-act';
import { insertCluster, plain } from './testing/insert-world';

let proposer: Person;
beforeAll(async () => {
  proposer = await insertUser('analyst');
});

describe('appealRate()', () => {
  it('counts accounts acted on, accounts whose owners appealed, and those granted; a hundred letters count once', async () => {
    const { id: clusterId, accountIds } = await insertCluster(plain(10));
    const proposalId = await insertAct({ clusterId, accountIds, proposer });
    expect(await appealRate(null, proposalId)).toEqual({ actedOn: 10, appeals: 0, granted: 0 });
    const [first, second] = accountIds;
    for (let letter = 0; letter < 5; letter++) await insertAppeal(first!);
    const number = await insertAppeal(second!);
    const judge = await insertUser('analyst');
    const now = new Date();
    await database().appeal.update({ where: { number }, data: { assigneeId: judge.id, assignedAt: now } });
    await database().appeal.update({
      where: { number },
      data: { state: 'granted', reason: 'a university', decidedById: judge.id, decidedAt: now },
    });
    expect(await inTransaction((tx) => appealRate(tx, proposalId))).toEqual({
      actedOn: 10,
      appeals: 2,
      granted: 1,
    });
  });

  it('counts an appeal against the act before it and no other: not a later one, not one that came to nothing', async () => {
    const { id: clusterId, accountIds } = await insertCluster(plain(1));
    const hour = 3_600_000;
    const at = (hours: number) => new Date(Date.now() + hours * hour);
    const earlier = await insertAct({ clusterId, accountIds, proposer, at: at(-10) });
    const skipped = await insertAct({
      clusterId,
      accountIds,
      proposer,
      at: at(-9),
      item: { state: 'skipped', sentAt: null },
    });
    const later = await insertAct({ clusterId, accountIds, proposer, at: at(-2) });
    await insertAppeal(accountIds[0]!, { receivedAt: at(-5) });
    await insertAppeal(accountIds[0]!, { receivedAt: at(-11) });
    expect([earlier, skipped, later].length).toBe(3);
    expect((await appealRate(null, earlier)).appeals).toBe(1);
    expect((await appealRate(null, skipped)).appeals).toBe(0);
    expect((await appealRate(null, later)).appeals).toBe(0);
    await insertAppeal(accountIds[0]!, { receivedAt: at(-1) });
    expect((await appealRate(null, later)).appeals).toBe(1);
  });
});
