import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { decideCluster } from '../decide-cluster';
import { listClusters } from '../list-clusters';
import { readFilter } from '../queue-filter';
import { runDetection } from '../run-detection';
import { insertProposal, insertUser } from '../testing/fixtures';
import { getRegrowth } from './get-regrowth';

const ACTOR: Actor = { kind: 'system', name: 'detection' };
const BANNED_AT = new Date('2026-09-10T00:00:00Z');

async function* lines(records: readonly unknown[]): AsyncGenerator<Uint8Array> {
  for (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`);
}
const ingest = (records: readonly unknown[]) =>
  ingestRecords(ACTOR, lines(records), { source: 'test', simulated: false });

/** Accounts on two cards and two phones, with so many exchanges each on the day after they were made. */
const ring = (from: number, to: number, day: string, exchanges: number, phones = 'ph') =>
  Array.from({ length: to - from }, (_, i) => from + i).flatMap((n) => [
    {
      record: 'account',
      account_id: `ring-${n}`,
      created_at: `${day}T01:00:00Z`,
      payment_fingerprint: `card-${n % 2}`,
      phone_fingerprint: `${phones}-${(n >> 1) % 2}`,
    },
    ...Array.from({ length: exchanges }, (_, e) => ({
      record: 'exchange',
      exchange_id: `x-${n}-${e}`,
      account_id: `ring-${n}`,
      occurred_at: `${day}T0${2 + (e % 6)}:00:00Z`,
      model: 'atlas-3',
      input_tokens: 10,
      output_tokens: 10,
    })),
  ]);
const people = Array.from({ length: 60 }, (_, n) => ({
  record: 'account',
  account_id: `person-${n}`,
  created_at: '2026-08-01T00:00:00Z',
  payment_fingerprint: `own-${n}`,
  phone_fingerprint: `own-${n}`,
}));

let analyst: Person;
let clusterId: number;
const cluster = () => database().cluster.findUniqueOrThrow({ where: { id: clusterId } });
const reopenings = () =>
  database().auditEntry.findMany({ where: { verb: 'cluster.reopen', actor: 'system:detection' } });
const confirm = () =>
  decideCluster(analyst, {
    verdict: 'confirm',
    clusterId,
    reasonCode: 'distillation',
    reason: 'cards and phones',
  });

/** What enforcement leaves of an executed ban. */
const ban = (at: Date, from: number, to: number) =>
  database().account.updateMany({
    where: { id: { in: Array.from({ length: to - from }, (_, i) => `ring-${from + i}`) } },
    data: { enforcedStatus: 'banned', enforcedAt: at },
  });

beforeAll(async () => {
  analyst = await insertUser('analyst');
  await ingest([...people, ...ring(0, 20, '2026-09-08', 6)]);
  await runDetection(ACTOR);
  const found = await database().cluster.findMany({ where: { active: true } });
  expect(found).toMatchObject([{ accounts: 20, status: 'open' }]);
  clusterId = found[0]?.id ?? 0;
  await confirm();
  await ban(BANNED_AT, 0, 20);
});

describe('regrowth after a ban', () => {
  it('freezes what the cluster would be known by, and stays confirmed while nothing comes back', async () => {
    await runDetection(ACTOR);
    expect(await cluster()).toMatchObject({ status: 'confirmed' });
    const frozen = await database().clusterFingerprint.findMany({ where: { clusterId } });
    expect(frozen.map((f) => [f.kind, f.members]).sort()).toEqual([
      ['payment', 10],
      ['payment', 10],
      ['phone', 10],
      ['phone', 10],
    ]);
    expect(await database().clusterBan.findMany()).toMatchObject([
      { clusterId, accounts: 20, bannedAt: BANNED_AT, exchangesPerDay: 120, regrown: 0 },
    ]);
  });

  it('takes an older account, or one that matches in one kind, for no regrowth', async () => {
    await ingest([...ring(20, 24, '2026-09-09', 1), ...ring(24, 28, '2026-09-12', 1, 'other')]);
    await runDetection(ACTOR);
    expect(await database().clusterRegrowth.count()).toBe(0);
    expect((await cluster()).status).toBe('confirmed');
  });

  it('waits for a list that is not finished, then reopens with its audit entry in the same run', async () => {
    await ingest(ring(40, 46, '2026-09-13', 10));
    const proposalId = await insertProposal(clusterId, analyst);
    await runDetection(ACTOR);
    expect((await cluster()).status).toBe('confirmed');
    await database().proposal.update({ where: { id: proposalId }, data: { status: 'done' } });
    const { runId } = await runDetection(ACTOR);
    expect(await cluster()).toMatchObject({ status: 'open', reopenedCause: 'regrowth', assigneeId: null });
    expect(await reopenings()).toMatchObject([
      { detail: { run: runId, young_accounts: 6, kinds: ['payment', 'phone'], hours_to_relink: 73 } },
    ]);
    const queue = await listClusters(analyst, readFilter([['reopened', 'regrowth']]).filter);
    expect(queue.counts.regrowth).toBe(1);
    expect(queue.rows.map((row) => row.id)).toEqual([clusterId]);
    const [told] = (await getRegrowth(analyst, clusterId))?.bans ?? [];
    // 60 exchanges on the first of what is less than a day, against 120 a day.
    expect(told).toMatchObject({ accounts: 20, regrown: 6, hoursToRelink: 73, recovered: 0.5 });
  });

  it('does not reopen again what a person has judged since, and takes the next ban for one of its own', async () => {
    await confirm();
    await runDetection(ACTOR);
    expect((await cluster()).status).toBe('confirmed');
    await ban(new Date(), 40, 46);
    await runDetection(ACTOR);
    const bans = await database().clusterBan.findMany({ orderBy: { id: 'asc' } });
    expect(bans).toMatchObject([
      { accounts: 20, regrown: 6 },
      { accounts: 6, regrown: 0 },
    ]);
    expect(await reopenings()).toHaveLength(1);
  });

  it('looks for nothing once the cluster is dismissed', async () => {
    await decideCluster(analyst, {
      verdict: 'dismiss',
      clusterId,
      reasonCode: 'company',
      reason: 'a mistake',
    });
    const young = new Date(Date.now() + 60_000).toISOString();
    const wave = ring(60, 66, '2026-09-13', 0).map((record) => ({ ...record, created_at: young }));
    await ingest(wave);
    expect(await database().account.count({ where: { createdAt: { gt: new Date() } } })).toBe(6);
    await runDetection(ACTOR);
    expect(await database().clusterRegrowth.count()).toBe(6);
    expect((await cluster()).status).toBe('dismissed');
  });
});
