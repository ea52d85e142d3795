import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { simulateWorld } from '@/lib/simulation/simulate-world';
import { decideCluster } from '../decide-cluster';
import { getCluster } from '../get-cluster';
import { listClusters } from '../list-clusters';
import { readFilter } from '../queue-filter';
import { runDetection } from '../run-detection';
import { insertUser } from '../testing/fixtures';
import { liftMute } from './lift-mute';
import { listMutes } from './list-mutes';

const SYSTEM = { kind: 'system', name: 'detection' } as const;

async function* lines(records: Iterable<unknown>): AsyncGenerator<Uint8Array> {
  for (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`);
}

let analyst: Person;
/** The three best clusters of the first run. */
let top: { id: number; accounts: number }[];
beforeAll(async () => {
  analyst = await insertUser('analyst');
  const endsAt = new Date('2026-09-24T12:00:00Z');
  const { records } = simulateWorld({ scale: 'small', seed: 1, endsAt });
  await ingestRecords(SYSTEM, lines(records), { source: 'test', simulated: true });
  await runDetection(SYSTEM);
  top = await database().cluster.findMany({ orderBy: { rank: 'asc' }, take: 3 });
});

const queue = () => listClusters(analyst, readFilter([]).filter);
const read = (id: number) => database().cluster.findUniqueOrThrow({ where: { id } });
const dismiss = (clusterId: number, muteDays?: number) =>
  decideCluster(analyst, {
    verdict: 'dismiss',
    clusterId,
    reasonCode: 'evaluation',
    reason: 'a lab of ours',
    muteDays,
  });
/** As if it were not known by its members: what is found next is a new cluster. */
const forgetMembers = (clusterId: number) => database().clusterMember.deleteMany({ where: { clusterId } });

describe('a dismissal that mutes its pattern', () => {
  it('keeps a new cluster that rests on it out of the queue, counted and open to be looked at, until it is lifted', async () => {
    const [source] = top;
    await dismiss(source!.id, 30);
    await forgetMembers(source!.id);
    const { runId } = await runDetection(SYSTEM);
    const [mute] = await listMutes(analyst);
    expect(mute).toMatchObject({
      cluster: { id: source!.id },
      reasonCode: 'evaluation',
      mutedBy: analyst.name,
    });
    expect(mute?.hides).toHaveLength(1);
    const hidden = await read(mute!.hides[0]!.id);
    expect(hidden).toMatchObject({ status: 'open', active: true, mutedById: mute!.id });
    const said = { id: mute!.id, source: { id: source!.id }, mutedBy: analyst.name };
    expect((await getCluster(analyst, hidden.id)).mute).toMatchObject(said);
    expect((await getCluster(analyst, source!.id)).mute).toMatchObject(said);
    const before = await queue();
    expect(before.rows.map((row) => row.id)).not.toContain(hidden.id);
    expect(before.counts.muted).toBe(1);
    expect((await database().detectionRun.findUniqueOrThrow({ where: { id: runId } })).mutedClusters).toBe(1);
    expect((await listMutes(await insertUser('auditor')))[0]?.values.map((each) => each.value)).not.toContain(
      mute?.values[0]?.value,
    );

    const reason = 'not the lab after all';
    await expect(liftMute(await insertUser('viewer'), { muteId: mute!.id, reason })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const both = await Promise.allSettled([1, 2].map(() => liftMute(analyst, { muteId: mute!.id, reason })));
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await queue()).rows.map((row) => row.id)).toContain(hidden.id);
    expect((await getCluster(analyst, hidden.id)).mute).toBeNull();
    const entry = await database().auditEntry.findFirstOrThrow({ where: { verb: 'mute.lift' } });
    expect(entry).toMatchObject({ actorName: analyst.name, reason, before: { hides: 1 } });
    await runDetection(SYSTEM);
    expect((await read(hidden.id)).mutedById).toBeNull();
  });

  it('comes back when its day is over, and when it changed; one dismissed without a mute stays', async () => {
    const [, over, changed] = top;
    const plain = await database().cluster.findFirstOrThrow({
      where: { status: 'open', active: true, id: { notIn: top.map((each) => each.id) } },
    });
    await dismiss(over!.id, 7);
    await dismiss(changed!.id, 7);
    await dismiss(plain.id);
    await runDetection(SYSTEM);
    for (const { id } of [over!, changed!, plain]) expect((await read(id)).status).toBe('dismissed');
    await database().mutedPattern.updateMany({
      where: { clusterId: over!.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await database().mutedPattern.updateMany({ where: { clusterId: changed!.id }, data: { kinds: [] } });
    await runDetection(SYSTEM);
    expect(await read(over!.id)).toMatchObject({ status: 'open', reopenedCause: 'mute_expired' });
    expect(await read(changed!.id)).toMatchObject({ status: 'open', reopenedCause: 'changed' });
    expect((await read(plain.id)).status).toBe('dismissed');
    const back = await database().auditEntry.findMany({
      where: { verb: 'cluster.reopen' },
      orderBy: { id: 'asc' },
    });
    expect(back.map((entry) => (entry.detail as { why: string }).why)).toEqual([
      'its mute ran out',
      expect.stringContaining('new kind of evidence'),
    ]);
    expect(await database().auditEntry.count({ where: { verb: 'mute.end' } })).toBe(1);
  });

  it('ends its mute when a person reopens it, so that it is not hidden again', async () => {
    const [, , again] = top;
    await dismiss(again!.id, 7);
    await decideCluster(analyst, {
      verdict: 'reopen',
      clusterId: again!.id,
      reasonCode: 'person',
      reason: 'a second look',
    });
    const open = await database().mutedPattern.count({ where: { clusterId: again!.id, endedAt: null } });
    // The one of before stood while the cluster was back; both are over now.
    expect(open).toBe(0);
    await runDetection(SYSTEM);
    expect((await queue()).rows.map((row) => row.id)).toContain(again!.id);
  });
});
