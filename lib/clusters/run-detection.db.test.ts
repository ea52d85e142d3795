import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { GROUP_SIGNALS } from '@/lib/detection/signals/group-signals';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { simulateWorld } from '@/lib/simulation/simulate-world';
import { runDetection } from './run-detection';

const ACTOR: Actor = { kind: 'system', name: 'detection' };
const END = new Date('2026-09-24T12:00:00Z');

async function* lines(records: Iterable<unknown>): AsyncGenerator<Uint8Array> {
  for (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`);
}

const ingest = (records: Iterable<unknown>) =>
  ingestRecords(ACTOR, lines(records), { source: 'test', simulated: true });
const digestOf = async (runId: number) =>
  (await database().detectionRun.findUniqueOrThrow({ where: { id: runId } })).digest;
const clusters = () => database().cluster.findMany({ where: { active: true }, orderBy: { rank: 'asc' } });
const one = async (sql: string) => (await pool().query(sql)).rows[0];

beforeAll(async () => {
  await ingest(simulateWorld({ scale: 'small', seed: 1, endsAt: END }).records);
});

describe('runDetection', () => {
  it('keeps what it found, with figures that equal the rollups they come from', async () => {
    const { runId, clusters: found } = await runDetection(ACTOR);
    const kept = await clusters();
    expect(kept).toHaveLength(found);
    expect(kept[0]?.quadrant).toBe('distillation');
    const sums = await one(`
      SELECT (SELECT sum(exchanges)::int FROM cluster_hour WHERE cluster_id = ${kept[0]?.id}) AS hours,
             (SELECT sum(a.exchanges)::int FROM cluster_member m JOIN account a ON a.key = m.account_key
              WHERE m.cluster_id = ${kept[0]?.id} AND m.role <> 'weak') AS accounts`);
    expect(sums.hours).toBe(sums.accounts);
    expect(Number(kept[0]?.exchanges)).toBe(sums.hours);
    const evidence = await database().evidence.findMany({ where: { clusterId: kept[0]?.id } });
    expect(evidence.reduce((sum, row) => sum + row.points, 0)).toBeCloseTo(kept[0]?.score ?? 0, 6);
    const benign = await one(`
      SELECT benign_accounts AS counted, (SELECT count(*)::int FROM account a WHERE GREATEST(a.last_seen_at, a.created_at) >= window_from AND NOT EXISTS (
        SELECT FROM cluster_member m WHERE m.account_key = a.key)) AS outside FROM detection_run WHERE id = ${runId}`);
    expect(benign.counted).toBe(benign.outside);
    const born = await database().clusterLineage.findMany({ where: { runId, event: 'born' } });
    expect(born).toHaveLength(found);
    expect(await database().auditEntry.count({ where: { verb: 'cluster.find' } })).toBe(found);
  });

  it('finds the same again under the same ids, and writes one entry for the run alone', async () => {
    const before = await clusters();
    const first = await database().detectionRun.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const entries = await database().auditEntry.count();
    const { runId } = await runDetection(ACTOR);
    const after = await clusters();
    expect(after.map((c) => [c.id, c.accounts, c.score, c.joined])).toEqual(
      before.map((c) => [c.id, c.accounts, c.score, 0]),
    );
    expect(await digestOf(runId)).toBe(first.digest);
    expect(await database().auditEntry.count()).toBe(entries + 1);
    expect(await database().clusterLineage.count({ where: { runId } })).toBe(0);
  });

  it('keeps claim and comment on a cluster that grows, and says who joined', async () => {
    const [top] = await clusters();
    const clusterId = top?.id ?? 0;
    const user = await database().user.create({
      data: { email: 'a@example.org', name: 'A', role: 'analyst', passwordHash: 'x' },
    });
    await database().cluster.update({
      where: { id: clusterId },
      data: { status: 'in_review', assigneeId: user.id, claimedAt: new Date() },
    });
    await database().comment.create({ data: { clusterId, authorId: user.id, body: 'mine' } });
    // Newcomers with the card, the phone and the device of an account that is in.
    const { rows } = await pool().query(
      `SELECT DISTINCT i.kind, i.value FROM cluster_member m JOIN account_indicator l ON l.account_key = m.account_key
       JOIN indicator i ON i.id = l.indicator_id
       WHERE m.cluster_id = $1 AND i.kind IN ('payment', 'phone', 'device') AND m.account_key = (
         SELECT m2.account_key FROM cluster_member m2 JOIN account_indicator l2 ON l2.account_key = m2.account_key
         JOIN indicator i2 ON i2.id = l2.indicator_id WHERE m2.cluster_id = $1 AND i2.kind IN ('payment', 'phone', 'device')
         GROUP BY 1 ORDER BY count(DISTINCT i2.kind) DESC, 1 LIMIT 1)`,
      [clusterId],
    );
    const fields = Object.fromEntries(rows.map((row) => [`${row.kind}_fingerprint`, row.value]));
    const newcomer = (id: string) => ({
      record: 'account',
      account_id: id,
      created_at: '2026-09-23T00:00:00Z',
      ...fields,
    });
    await ingest([newcomer('one')]);
    // One of 88 is no event; those that come one by one add up to one.
    const { runId: first } = await runDetection(ACTOR);
    expect(await database().clusterLineage.count({ where: { runId: first } })).toBe(0);
    await ingest(['two', 'three', 'four', 'five'].map(newcomer));
    const { runId } = await runDetection(ACTOR);
    const grown = await database().cluster.findUniqueOrThrow({
      where: { id: clusterId },
      include: { comments: true },
    });
    expect(grown).toMatchObject({
      status: 'in_review',
      assigneeId: user.id,
      joined: 4,
      comments: [{ body: 'mine' }],
    });
    const lineage = await database().clusterLineage.findMany({ where: { runId, clusterId } });
    expect(lineage).toMatchObject([
      { event: 'grew', before: top?.accounts, after: (top?.accounts ?? 0) + 5 },
    ]);
  });

  it('lets two runs at once wait for one another and find the same', async () => {
    const both = await Promise.all([runDetection(ACTOR), runDetection(ACTOR)]);
    const digests = await Promise.all(both.map((run) => digestOf(run.runId)));
    expect(digests[0]).toBe(digests[1]);
    // The growth of the run before is written down already.
    const runIds = both.map((run) => run.runId);
    expect(await database().clusterLineage.count({ where: { runId: { in: runIds } } })).toBe(0);
    const runs = await database().detectionRun.findMany({ orderBy: { id: 'desc' }, take: 2 });
    expect(runs[0]?.startedAt.getTime()).toBeGreaterThanOrEqual(runs[1]?.finishedAt.getTime() ?? 0);
  });

  it('ends with the name of a signal that fails, and the last good findings stay', async () => {
    const state = async () => [await database().detectionRun.count(), await clusters()];
    const before = await state();
    const broken = vi.spyOn(GROUP_SIGNALS.sign_up_burst, 'prepare').mockImplementation(() => {
      throw new Error('no sign-up has a date');
    });
    await expect(runDetection(ACTOR)).rejects.toThrow(
      'The signal sign_up_burst failed: no sign-up has a date',
    );
    broken.mockRestore();
    expect(await state()).toEqual(before);
  });

  it('lets a cluster sleep that is no longer found, and keeps what people wrote', async () => {
    await pool().query(
      "DELETE FROM account_indicator WHERE indicator_id IN (SELECT id FROM indicator WHERE kind <> 'asn')",
    );
    await runDetection(ACTOR);
    expect(await clusters()).toEqual([]);
    const asleep = await database().clusterLineage.count({ where: { event: 'dormant' } });
    expect(asleep).toBeGreaterThan(0);
    expect(await database().auditEntry.count({ where: { verb: 'cluster.sleep' } })).toBe(asleep);
    expect(await database().comment.count()).toBe(1);
  });
});
