import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { writeAccounts } from '@/lib/ingest/write-accounts';
import type { AccountRecord } from '@/lib/records/schema';
import { accountFilterSchema } from './account-schema';
import { getAccount } from './get-account';
import { getOverview } from './get-overview';
import { listAccounts } from './list-accounts';
import { insertUser } from './testing/fixtures';

let viewer: Person;
beforeAll(async () => {
  viewer = await insertUser('viewer');
});

const hours = (ago: number) => new Date(Date.now() - ago * 3_600_000);

/** An account that we banned so many hours ago and that was reported since, as ingest does it. */
async function banned(id: string, hoursAgo: number, report?: Partial<AccountRecord>): Promise<void> {
  const { key } = await database().account.create({
    data: { id, enforcedStatus: 'banned', enforcedAt: hours(hoursAgo) },
  });
  if (!report) return;
  const client = await pool().connect();
  try {
    await writeAccounts(
      client,
      [{ record: 'account', account_id: id, ...report } as AccountRecord],
      () => key,
    );
  } finally {
    client.release();
  }
}

describe('an account that the provider reports in a looser state after our act', () => {
  it('is a conflict, on its page, in the list and on the overview', async () => {
    await banned('came back', 1, { status: 'active' });
    await banned('throttled only', 1, { status: 'throttled' });
    expect((await getAccount(viewer, 'came back')).conflictAt).not.toBeNull();
    const { rows } = await listAccounts(viewer, accountFilterSchema.parse({ conflict: 'yes' }));
    expect(rows.map((row) => row.id).sort()).toEqual(['came back', 'throttled only']);
    expect((await getOverview(viewer)).conflicts).toBe(2);
  });

  it('is none when the report agrees, says nothing of the state, came before the act or was on its way then', async () => {
    await banned('agrees', 1, { status: 'banned' });
    await banned('silent', 1, { country: 'NO' });
    await banned('never reported', 1);
    await banned('on its way', 0.05, { status: 'active' });
    await banned('before', 0, { status: 'active' });
    for (const id of ['agrees', 'silent', 'never reported', 'on its way', 'before'])
      expect((await getAccount(viewer, id)).conflictAt, id).toBeNull();
  });

  it('is over once the provider reports the state', async () => {
    await banned('settled', 1, { status: 'active' });
    expect((await getAccount(viewer, 'settled')).conflictAt).not.toBeNull();
    await database().account.update({ where: { id: 'settled' }, data: { reportedStatus: 'banned' } });
    expect((await getAccount(viewer, 'settled')).conflictAt).toBeNull();
  });
});
