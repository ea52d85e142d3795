import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { claimCluster } from './claim-cluster';
import { getDeskStatus } from './desk-status';
import { exportClusters } from './export-clusters';
import { exportQueue } from './export-queue';
import { getCluster } from './get-cluster';
import { getOverview } from './get-overview';
import { getVolumes } from './get-volumes';
import { listClusters } from './list-clusters';
import { listSimilar } from './list-similar';
import { readFilter } from './queue-filter';
import { insertCluster, insertProposal, insertRun, insertUser, WINDOW_TO } from './testing/fixtures';
import { listViews } from './views/list-views';
import { removeView } from './views/remove-view';
import { saveView } from './views/save-view';

let analyst: Person;
let approver: Person;
const ids: Record<string, number> = {};

beforeAll(async () => {
  [analyst, approver] = await Promise.all([insertUser('analyst', 'Ann'), insertUser('approver', 'Bo')]);
  const runId = await insertRun();
  await database().model.create({ data: { name: 'atlas-4', releasedAt: new Date('2026-09-20T08:00:00Z') } });
  await database().model.create({ data: { name: 'atlas-3', releasedAt: new Date('2026-01-01T00:00:00Z') } });
  ids.top = await insertCluster(
    { runId, name: 'Iron estuary', score: 41.6, rank: 1, createdAt: new Date('2026-09-01T00:00:00Z') },
    [{ id: 'a1' }, { id: 'a2', role: 'member', strength: 0.5 }, { id: 'a3', role: 'weak', strength: 0.2 }],
    [
      {
        kind: 'ip',
        points: 1,
        values: [{ indicatorId: '3', value: '203.0.113.9', members: 2, population: 2, expected: 0 }],
      },
      { kind: 'payment', points: 9 },
      { kind: 'template', points: 12 },
    ],
  );
  ids.tie = await insertCluster({
    runId,
    name: 'Half% tin_meadow',
    score: 20,
    rank: 3,
    quadrant: 'reseller_review',
    accounts: 12,
  });
  ids.tieAhead = await insertCluster(
    { runId, name: 'Copper heron', score: 20, rank: 2 },
    [{ id: 'b1' }],
    [{ kind: 'device' }],
  );
  ids.confirmed = await insertCluster(
    {
      runId,
      name: 'Pale foundry',
      score: 15,
      rank: 4,
      status: 'confirmed',
      active: false,
      assigneeId: approver.id,
      claimedAt: new Date(),
    },
    [
      { id: 'c1', enforcedStatus: 'banned' },
      { id: 'c2', reportedStatus: 'banned', enforcedStatus: 'active' },
      { id: 'c3', reportedStatus: 'banned', verifiedOrganization: true, enterprise: true },
    ],
  );
  ids.dismissed = await insertCluster({ runId, name: 'Grey delta', score: 50, rank: 5, status: 'dismissed' });
  ids.gone = await insertCluster({ runId, name: 'Dry ember', score: 5, rank: 6, active: false });
});

const list = async (query: Record<string, string> = {}, reader = analyst) =>
  listClusters(reader, readFilter(Object.entries(query)).filter);
const names = async (query: Record<string, string>, reader = analyst) =>
  (await list(query, reader)).rows.map((row) => row.name);

describe('the queue', () => {
  test('holds all that is not dismissed, by score and then rank, without findings that went away unjudged', async () => {
    expect(await names({})).toEqual(['Iron estuary', 'Copper heron', 'Half% tin_meadow', 'Pale foundry']);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['state', { status: 'dismissed' }, ['Grey delta']],
    ['several states', { status: 'dismissed,confirmed' }, ['Grey delta', 'Pale foundry']],
    ['quadrant', { quadrant: 'reseller_review' }, ['Half% tin_meadow']],
    ['score', { min: '20.5' }, ['Iron estuary']],
    ['size', { size: '12' }, ['Half% tin_meadow']],
    ['kind of evidence', { kind: 'device' }, ['Copper heron']],
    ['assignee', { who: 'nobody', min: '20' }, ['Iron estuary', 'Copper heron', 'Half% tin_meadow']],
    ['nobody that exists', { who: '999999' }, []],
    ['age', { age: 'over-1000d' }, []],
    ['age, the other way', { age: 'under-1d', min: '20', size: '12' }, ['Half% tin_meadow']],
    ['name, in any case', { q: 'iron' }, ['Iron estuary']],
    ['a percent sign as itself', { q: 'half%' }, ['Half% tin_meadow']],
    ['an underscore as itself', { q: 'n_m' }, ['Half% tin_meadow']],
    ['a NUL character', { q: '\0' }, []],
    [
      'accounts, ascending',
      { sort: 'accounts', dir: 'asc', min: '20' },
      ['Copper heron', 'Iron estuary', 'Half% tin_meadow'],
    ],
    ['age, oldest first', { sort: 'age', min: '41' }, ['Iron estuary']],
    [
      'nonsense, which filters nothing',
      { status: 'foo', quadrant: 'x', min: '-1', sort: 'drop', who: '' },
      ['Iron estuary', 'Copper heron', 'Half% tin_meadow', 'Pale foundry'],
    ],
  ])('is filtered by %s', async (_, query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('finds a cluster by its number, written either way', async () => {
    expect(await names({ q: `CL-${ids.top}` })).toEqual(['Iron estuary']);
    expect(await names({ q: String(ids.top) })).toEqual(['Iron estuary']);
  });

  test('who=me is the reader', async () => {
    expect(await names({ who: 'me' }, approver)).toEqual(['Pale foundry']);
    expect(await names({ who: 'me' })).toEqual([]);
  });

  test('a row carries its two strongest kinds and how many more there are', async () => {
    const [row] = (await list()).rows;
    expect(row).toMatchObject({ accounts: 2, weakAccounts: 1, moreEvidence: 1, statusNote: null });
    expect(row?.evidence.map(({ kind, points }) => [kind, points])).toEqual([
      ['template', 12],
      ['payment', 9],
    ]);
  });

  test('the newest release inside the sparkline is marked on its day', async () => {
    const [row] = (await list()).rows;
    expect(WINDOW_TO.toISOString()).toBe('2026-09-24T12:00:00.000Z');
    expect(row?.releaseAt).toBe(29 - 4);
  });

  test('counts are what each tab would show', async () => {
    const { counts, total, kinds, people } = await list();
    expect(counts).toEqual({
      open: 4,
      mine: 0,
      unclaimedDistillation: 2,
      regrowth: 0,
      muted: 0,
      resellers: 1,
      confirmed: 1,
      dismissed: 1,
    });
    expect(total).toBe(4);
    expect(kinds).toEqual(['device', 'ip', 'payment', 'template']);
    expect(people.map((person) => person.name)).toEqual(['Ann', 'Bo']);
  });

  test('the note after the state follows the proposals and then the accounts', async () => {
    const note = async () => (await list({ q: 'Pale' })).rows[0]?.statusNote;
    expect(await note()).toBeNull();
    const proposal = await insertProposal(ids.confirmed ?? 0, approver);
    expect(await note()).toBe(`P-${proposal} waits`);
    await database().proposal.update({ where: { id: proposal }, data: { status: 'running' } });
    expect(await note()).toBe(`P-${proposal} running`);
    await database().proposal.update({ where: { id: proposal }, data: { status: 'done' } });
    expect(await note()).toBe('2 banned');
  });
});

describe('saved views', () => {
  test('keep a filter without its nonsense, are shared by those who may, and removed by their owner', async () => {
    const viewer = await insertUser('viewer');
    const query = 'min=30&status=lost&dir=asc&at=3';
    const { id } = await saveView(analyst, { name: 'Severe', query, shared: true });
    await saveView(viewer, { name: 'Own', query: 'who=nobody', shared: false });
    await expect(saveView(viewer, { name: 'For all', query, shared: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await listViews(viewer)).map((view) => [view.name, view.query])).toEqual([
      ['Own', 'who=nobody'],
      ['Severe', 'min=30&dir=asc'],
    ]);
    expect((await saveView(analyst, { name: 'Severe', query: 'min=40', shared: false })).id).toBe(id);
    expect((await listViews(viewer)).map((view) => view.name)).toEqual(['Own']);
    await expect(removeView(viewer, { viewId: id })).rejects.toMatchObject({ code: 'not_found' });
    await removeView(analyst, { viewId: id });
    expect(await listViews(analyst)).toEqual([]);
    const entries = await database().auditEntry.findMany({
      where: { objectType: 'view', objectId: String(id) },
      orderBy: { id: 'asc' },
    });
    expect(entries.map((entry) => entry.verb)).toEqual(['view.save', 'view.save', 'view.remove']);
  });
});

describe('a cluster', () => {
  test('shows where it stands in the queue and its neighbours', async () => {
    expect((await getCluster(analyst, ids.tieAhead ?? 0)).position).toEqual({
      index: 2,
      total: 4,
      previous: ids.top,
      next: ids.tie,
    });
    expect((await getCluster(analyst, ids.dismissed ?? 0)).position).toEqual({
      index: 0,
      total: 4,
      previous: null,
      next: null,
    });
  });

  test('counts its members as they stand now: our enforcement outranks the report', async () => {
    expect(await getCluster(analyst, ids.confirmed ?? 0)).toMatchObject({
      bannedAccounts: 2,
      verifiedAccounts: 1,
      enterpriseAccounts: 1,
    });
  });

  test('tells the shares of access paths of its core and ordinary members', async () => {
    await database().indicator.createMany({
      data: [
        { id: 101n, kind: 'access_path', value: 'api' },
        { id: 102n, kind: 'access_path', value: 'cloud' },
        { id: 103n, kind: 'ip', value: '203.0.113.9' },
      ],
    });
    await makeWeeks('2026-09-01');
    await database().$executeRaw`
      INSERT INTO account_indicator (account_key, indicator_id, day, count)
      SELECT a.key, v.indicator, v.day::date, v.count FROM account a JOIN (VALUES
        ('a1', 101, '2026-09-01', 50), ('a1', 101, '2026-09-02', 10), ('a2', 102, '2026-09-01', 20),
        ('a2', 103, '2026-09-01', 999), ('a3', 102, '2026-09-01', 999)
      ) AS v (account, indicator, day, count) ON v.account = a.id`;
    expect((await getCluster(analyst, ids.top ?? 0)).accessPaths).toEqual([
      { path: 'api', share: 0.75 },
      { path: 'cloud', share: 0.25 },
    ]);
  });

  test('carries the thresholds of its run, the population and the other clusters', async () => {
    const cluster = await getCluster(analyst, ids.top ?? 0);
    expect(cluster.thresholds).toMatchObject({
      coordination: 0.6,
      extraction: 0.4,
      extractionFrom: 'shipped',
    });
    expect(cluster.population).toBe(1_000);
    expect(cluster.others.map((other) => other.name)).toEqual(['Copper heron', 'Half% tin_meadow']);
  });

  test('keeps addresses, prompts and their hashes from an auditor, not the counts', async () => {
    const auditor = await insertUser('auditor');
    const hidden = (await getCluster(auditor, ids.top ?? 0)).allEvidence.find((row) => row.kind === 'ip');
    expect(hidden?.values).toEqual([
      { indicatorId: '', value: 'hidden', members: 2, population: 2, expected: 0 },
    ]);
    const shown = (await getCluster(analyst, ids.top ?? 0)).allEvidence.find((row) => row.kind === 'ip');
    expect(shown?.values[0]?.value).toBe('203.0.113.9');
  });

  test('is like others that share rare values or accounts with it, in any state', async () => {
    const value = { indicatorId: '7', value: 'pm_1', members: 2, population: 2, expected: 0.01 };
    const run = { runId: (await database().cluster.findFirstOrThrow()).runId };
    const common = await insertCluster(
      { ...run, name: 'On a popular phone', active: false },
      [],
      [{ kind: 'phone', values: [{ ...value, indicatorId: '8', population: 100_000 }] }],
    );
    const twin = await insertCluster(
      { ...run, name: 'Twin', status: 'dismissed' },
      [],
      [
        { values: [value, { ...value, indicatorId: '9', value: 'pm_9' }] },
        { kind: 'phone', values: [{ ...value, indicatorId: '8', population: 100_000 }] },
      ],
    );
    const [member] = await database().clusterMember.findMany({ where: { clusterId: ids.top }, take: 1 });
    await database().clusterMember.create({
      data: { ...member!, clusterId: ids.gone ?? 0, role: 'weak' },
    });
    const similar = await listSimilar(analyst, ids.top ?? 0);
    const auditor = await insertUser('auditor');
    expect(similar.find((each) => each.id === twin)).toMatchObject({
      status: 'dismissed',
      kinds: [{ kind: 'payment', values: 1, value: 'pm_1', population: 2 }],
    });
    expect(similar.find((each) => each.id === ids.gone)).toMatchObject({ sharedAccounts: 1 });
    expect((await listSimilar(analyst, twin)).map((each) => each.id)).not.toContain(common);
    expect(
      (await listSimilar(auditor, ids.top ?? 0)).find((each) => each.id === twin)?.kinds[0],
    ).toMatchObject({
      value: null,
      indicatorId: '',
    });
    await database().clusterMember.deleteMany({ where: { clusterId: ids.gone } });
    await database().evidence.deleteMany({ where: { clusterId: { in: [twin, common] } } });
    await database().cluster.deleteMany({ where: { id: { in: [twin, common] } } });
  });

  test('that does not exist is said so', async () => {
    for (const id of [999_999, 2 ** 31, 0.5, Number.NaN]) {
      await expect(getCluster(analyst, id)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('the export', () => {
  test('is one line a cluster as the contract says, best rank first, and is written down', async () => {
    const lines: unknown[] = [];
    for await (const line of exportClusters({ kind: 'cli', name: 'root' })) lines.push(JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(Object.keys(lines[0] as object)).toEqual([
      'cluster_id',
      'rank',
      'score',
      'coordination',
      'extraction',
      'quadrant',
      'status',
      'account_ids',
      'weak_account_ids',
      'evidence',
    ]);
    expect(lines[0]).toMatchObject({
      cluster_id: ids.top,
      rank: 1,
      account_ids: ['a1', 'a2'],
      weak_account_ids: ['a3'],
    });
    expect((lines[0] as { evidence: object[] }).evidence[1]).toEqual({
      kind: 'payment',
      values: [{ value: 'pm_1', members: 2, population: 2, expected: 0.01 }],
      members: 2,
      population: 2,
      expected: 0.01,
      points: 9,
    });
    expect(lines.map((line) => (line as { rank: number }).rank)).toEqual([1, 2, 3]);
    const entry = await database().auditEntry.findFirstOrThrow({ where: { verb: 'data.export' } });
    expect(entry).toMatchObject({ actor: 'cli:root', objectId: 'clusters', detail: { clusters: 3 } });
  });

  test('of the list is what the list shows: its filters, its order, formulas as text, written down', async () => {
    const query = { sort: 'accounts', dir: 'asc', min: '20' };
    const hostile = '=HYPERLINK("http://x")\u202e,<script>';
    await database().cluster.update({ where: { id: ids.tie ?? 0 }, data: { name: hostile } });
    const file = async (format: 'csv' | 'ndjson') => {
      let text = '';
      for await (const chunk of exportQueue(analyst, readFilter(Object.entries(query)).filter, format))
        text += chunk;
      return text;
    };
    const lines = (await file('ndjson'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.name)).toEqual(['Copper heron', 'Iron estuary', hostile]);
    expect(lines[1]).toMatchObject({
      cluster: `CL-${ids.top}`,
      score: 41.6,
      state: 'open',
      simulated: false,
    });
    expect(lines[1].evidence.map(({ kind }: { kind: string }) => kind)).toEqual([
      'template',
      'payment',
      'ip',
    ]);
    let ticked = '';
    const only = [ids.tie ?? 0, ids.top ?? 0, 999_999];
    for await (const chunk of exportQueue(analyst, readFilter(Object.entries(query)).filter, 'ndjson', only))
      ticked += chunk;
    expect(
      ticked
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).name),
    ).toEqual(['Iron estuary', hostile]);
    const csv = (await file('csv')).split('\r\n');
    expect(csv).toHaveLength(lines.length + 2);
    expect(csv[3]).toContain(`"'=HYPERLINK(""http://x"")`);
    const entry = await database().auditEntry.findFirst({
      where: { verb: 'data.export', objectId: 'queue' },
    });
    expect(entry?.detail).toMatchObject({ filter: 'min=20&sort=accounts&dir=asc', clusters: 3 });
    await database().cluster.update({ where: { id: ids.tie ?? 0 }, data: { name: 'Half% tin_meadow' } });
  });

  test('is not for an auditor', async () => {
    const lines = exportClusters(await insertUser('auditor'));
    await expect(lines.next()).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the overview and the shell', () => {
  test('count what the queue holds and what waits for the reader', async () => {
    await insertProposal(ids.tieAhead ?? 0, analyst);
    await insertProposal(ids.tieAhead ?? 0, approver);
    // One of the two: nobody approves what is their own.
    expect((await getDeskStatus(approver)).counts).toEqual({
      clusters: 4,
      approvalsForMe: 1,
      appealsForMe: 0,
      reviewsForMe: 0,
      sharesForMe: 0,
      unread: 0,
    });
    expect((await getDeskStatus(analyst)).counts.approvalsForMe).toBe(0);
  });

  test('say simulated only while simulated records are on the desk', async () => {
    expect(await getDeskStatus(analyst)).toMatchObject({ simulated: false, lastRecordAt: null });
    const run = { source: 'simulation', format: 'weir', simulated: true };
    await database().ingestRun.create({ data: run });
    expect((await getDeskStatus(analyst)).simulated).toBe(false);
    const lastRecordAt = WINDOW_TO;
    await database().ingestRun.create({ data: { ...run, accepted: 10, rejected: 2, lastRecordAt } });
    expect(await getDeskStatus(analyst)).toMatchObject({
      simulated: true,
      lastRecordAt: '2026-09-24T12:00:00.000Z',
      detection: { accounts: 1_000, seconds: 5 },
    });
  });

  test('list what is unclaimed, what is the reader’s, and how the queue moves', async () => {
    await claimCluster(analyst, { clusterId: ids.tie ?? 0 });
    const overview = await getOverview(analyst);
    expect(overview.unclaimed).toMatchObject({
      total: 2,
      rows: [{ name: 'Iron estuary' }, { name: 'Copper heron' }],
    });
    expect(overview.mine).toMatchObject({ total: 1, rows: [{ id: ids.tie }] });
    expect(overview.queue).toMatchObject({ notDismissed: 4, oldestUnclaimedAt: '2026-09-01T00:00:00.000Z' });
    expect(overview.queue.medianClaimSeconds).toBeGreaterThanOrEqual(0);
    expect(overview.lines).toEqual({ accepted: 10, rejected: 2 });
    expect((await getOverview(approver)).mine.total).toBe(0);
  });

  test('tell what was drawn, what bans prevented, and through which doors, until something changes it', async () => {
    const clusterId = ids.top ?? 0;
    const day = (back: number) => new Date(WINDOW_TO.getTime() - back * 86_400_000);
    await database().clusterHour.createMany({
      data: [0, 1].map((back) => ({
        clusterId,
        hour: day(back),
        class: back,
        exchanges: 50 + back,
        inputTokens: 1n,
        outputTokens: 1n,
      })),
    });
    await database().account.updateMany({
      where: { id: { in: ['a1', 'a3', 'c1'] } },
      data: { program: 'education' },
    });
    const before = await getVolumes(analyst, 30);
    expect(before).toMatchObject({ extracted: 101, prevented: 0, bans: [] });
    expect(before.campaigns).toEqual([{ campaignId: null, extracted: 101, prevented: 0 }]);
    expect(before.days).toHaveLength(30);
    expect(before.days.slice(-2)).toEqual([
      { day: '2026-09-23', extracted: 51, prevented: 0 },
      { day: '2026-09-24', extracted: 50, prevented: 0 },
    ]);
    // The weak one does not count; c1 is in a cluster with both axes high that somebody confirmed.
    expect(before.programs.find((row) => row.name === 'education')).toMatchObject({ accounts: 2, all: 3 });
    expect(before.paths).toMatchObject([
      { name: 'cloud', accounts: 1, all: 2 },
      { name: 'api', accounts: 1, all: 1, indicatorId: '101' },
    ]);
    const { runId } = await database().cluster.findUniqueOrThrow({ where: { id: clusterId } });
    await database().clusterBan.create({
      data: { clusterId, runId, bannedAt: day(1.2), accounts: 7, exchangesPerDay: 20 },
    });
    const after = await getVolumes(analyst, 30);
    expect(after).toMatchObject({
      extracted: 101,
      prevented: 20,
      bans: [{ day: '2026-09-23', accounts: 7 }],
    });
    const campaign = await database().campaign.create({
      data: {
        name: 'Glass river',
        summary: '',
        createdById: analyst.id,
        clusters: { create: { clusterId, addedById: analyst.id } },
      },
    });
    expect((await getVolumes(analyst, 30)).campaigns).toEqual([
      { campaignId: campaign.id, extracted: 101, prevented: 20 },
    ]);
    await database().clusterBan.deleteMany({ where: { clusterId } });
  });
});
