/** A list of 100,000 accounts at its execution: beyond the caps a clear state, within raised ones each account once. */
import { afterEach, expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { executeProposal } from './execute-proposal';
import { sandboxProvider } from './providers/sandbox';
import { insertBigList, insertPeople } from './testing/insert-big-list';

const ACCOUNTS = 100_000;
const CAPS = ['ACTION', 'PERSON_DAY', 'HOUR'];
const pace = { perSecond: 1_000_000, watchSeconds: 0 };
const provider = sandboxProvider({ trouble: () => 'none', latency: () => 0 });

afterEach(() => {
  for (const cap of CAPS) delete process.env[`WEIR_CAP_${cap}`];
});

it('is paused with words before anything is sent, and ends with one act on each once the caps allow it', async () => {
  const list = await insertBigList(ACCOUNTS, 'large', await insertPeople());
  expect(await executeProposal(list.id, { provider, pace })).toEqual({ ended: 'paused' });
  const { note } = await database().proposal.findUniqueOrThrow({ where: { id: list.id } });
  expect(note).toContain('holds 100000 accounts, 5000 at most. Reject it and split it');
  expect(await database().sandboxAccount.count()).toBe(0);

  for (const cap of CAPS) process.env[`WEIR_CAP_${cap}`] = '1000000';
  await database().proposal.update({ where: { id: list.id }, data: { status: 'approved', note: null } });
  expect(await executeProposal(list.id, { provider, pace })).toEqual({ ended: 'done' });
  const [acted] = await database().$queryRaw<{ once: number; all: number }[]>`
    SELECT count(*) FILTER (WHERE last_key = ${`P-${list.id}:`} || account_id)::int AS once, count(*)::int AS all
    FROM sandbox_account`;
  expect(acted).toEqual({ once: ACCOUNTS, all: ACCOUNTS });
});
