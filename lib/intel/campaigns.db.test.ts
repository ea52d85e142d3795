import { beforeAll, describe, expect, test } from 'vitest';
import { type Person, ROLES } from '@/lib/access/schema';
import { decideCluster } from '@/lib/clusters/decide-cluster';
import { listClusters } from '@/lib/clusters/list-clusters';
import { readFilter } from '@/lib/clusters/queue-filter';
import { insertCluster, insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { addEvidence } from './add-evidence';
import { assessHypothesis } from './assess-hypothesis';
import { assignCluster } from './assign-cluster';
import { createCampaign } from './create-campaign';
import { editCampaign } from './edit-campaign';
import { getCampaign } from './get-campaign';
import { getCampaignTimeline } from './get-campaign-timeline';
import { getClusterCampaign } from './get-cluster-campaign';
import { listCampaigns } from './list-campaigns';
import { supposeActor } from './suppose-actor';
import { withdrawEvidence } from './withdraw-evidence';

let ann: Person;
let bo: Person;
let auditor: Person;
let made = 0;

beforeAll(async () => {
  [ann, bo, auditor] = await Promise.all([
    insertUser('analyst', 'Ann'),
    insertUser('approver', 'Bo'),
    insertUser('auditor', 'Cy'),
  ]);
});

const open = (clusterId?: number) =>
  createCampaign(ann, { name: `Campaign ${++made}`, summary: 'seen from 203.0.113.9', clusterId });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );
const entries = (id: number) =>
  database().auditEntry.findMany({
    where: { objectType: 'campaign', objectId: `CA-${id}` },
    orderBy: { id: 'asc' },
  });
const hour = (clusterId: number, at: string, kind: number, exchanges: number) =>
  database().clusterHour.create({
    data: {
      clusterId,
      hour: new Date(at),
      class: kind,
      exchanges,
      inputTokens: exchanges * 10,
      outputTokens: exchanges * 100,
    },
  });

describe('gathering clusters', () => {
  test('a campaign begins with a cluster, which is in it from then on, written down with both', async () => {
    const cluster = await insertCluster({ name: 'Iron estuary' });
    const { id } = await open(cluster);
    expect((await getClusterCampaign(ann, cluster)).current).toMatchObject({ id });
    expect(await entries(id)).toMatchObject([
      { verb: 'campaign.create', actorName: 'Ann' },
      { verb: 'campaign.add_cluster', detail: { cluster: `CL-${cluster}`, name: 'Iron estuary' } },
    ]);
    const { filter } = readFilter([['campaign', String(id)]]);
    expect((await listClusters(ann, filter)).rows.map((row) => row.id)).toEqual([cluster]);
  });

  test('two people who move one cluster at the same moment: one does, the other learns where it is', async () => {
    for (let round = 0; round < 4; round++) {
      const cluster = await insertCluster();
      const [a, b, c] = [(await open(cluster)).id, (await open()).id, (await open()).id];
      const outcomes = await Promise.allSettled([
        assignCluster(ann, { clusterId: cluster, from: a, to: b, reason: 'Same cards.' }),
        assignCluster(bo, { clusterId: cluster, from: a, to: c, reason: 'Same prompts.' }),
      ]);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(lost[0]?.reason).toMatchObject({ code: 'conflict' });
      const now = (await getClusterCampaign(ann, cluster)).current?.id;
      expect(now).toBe(outcomes[0]?.status === 'fulfilled' ? b : c);
      expect((await entries(a)).map((entry) => entry.verb)).toEqual([
        'campaign.create',
        'campaign.add_cluster',
        'campaign.remove_cluster',
      ]);
    }
  });

  test('a dismissed cluster is put into none, and a name is given once whatever its case', async () => {
    const cluster = await insertCluster();
    await decideCluster(ann, {
      verdict: 'dismiss',
      clusterId: cluster,
      reasonCode: 'university',
      reason: 'A course.',
    });
    expect(await refusal(open(cluster))).toMatchObject({ code: 'conflict' });
    await createCampaign(ann, { name: 'Long Winter' });
    const error = await refusal(createCampaign(bo, { name: 'long winter' }));
    expect(error).toMatchObject({ code: 'conflict' });
    expect(error.forPerson).toContain('already');
  });

  test('an edit of what somebody else changed meanwhile is refused and changes nothing', async () => {
    const { id } = await open();
    const { textVersion } = await getCampaign(ann, id);
    // A cluster that comes in meanwhile is no change of what is edited.
    await assignCluster(bo, { clusterId: await insertCluster(), from: null, to: id, reason: 'Same cards.' });
    await editCampaign(bo, { campaignId: id, name: `Renamed ${id}`, summary: 'first', textVersion });
    expect(
      await refusal(
        editCampaign(ann, { campaignId: id, name: `Renamed ${id}`, summary: 'second', textVersion }),
      ),
    ).toMatchObject({ code: 'conflict' });
    expect((await getCampaign(ann, id)).summary).toBe('first');
  });
});

describe('volume at stake', () => {
  test('adds up the hours of its clusters; taken over and dismissed ones count once or not at all', async () => {
    const heir = await insertCluster({}, [
      { id: 'v1' },
      { id: 'v2', role: 'member' },
      { id: 'v3', role: 'weak' },
    ]);
    const taken = await insertCluster({ active: false }, [{ id: 'v4' }]);
    const other = await insertCluster({}, [{ id: 'v5' }]);
    const dismissed = await insertCluster({ status: 'dismissed' }, [{ id: 'v6' }]);
    const { runId } = await database().cluster.findUniqueOrThrow({ where: { id: heir } });
    await database().clusterLineage.create({
      data: { clusterId: heir, runId, event: 'merged', otherClusterId: taken, before: 1, after: 2 },
    });
    const { id } = await open(heir);
    for (const clusterId of [taken, other])
      await assignCluster(ann, { clusterId, from: null, to: id, reason: 'Same templates.' });
    await database().campaignCluster.create({
      data: { clusterId: dismissed, campaignId: id, addedById: ann.id },
    });
    await hour(heir, '2026-09-20T10:00:00Z', 0, 7);
    await hour(heir, '2026-09-20T10:00:00Z', 2, 3);
    await hour(other, '2026-09-20T10:00:00Z', 0, 10);
    await hour(other, '2026-09-21T10:00:00Z', 6, 5);
    for (const clusterId of [taken, dismissed]) await hour(clusterId, '2026-09-22T10:00:00Z', 0, 1_000);

    const { volume, clusters } = await getCampaign(ann, id);
    expect(volume).toEqual({
      accounts: 3,
      exchanges: 25,
      inputTokens: 250,
      outputTokens: 2_500,
      firstAt: '2026-09-20T10:00:00.000Z',
      lastAt: '2026-09-21T10:00:00.000Z',
    });
    expect(
      clusters
        .filter((cluster) => !cluster.counts)
        .map((cluster) => cluster.id)
        .sort(),
    ).toEqual([taken, dismissed].sort());
    expect(clusters.find((cluster) => cluster.id === taken)?.mergedInto).toMatchObject({
      id: heir,
      inCampaign: true,
    });
    const { hours } = await getCampaignTimeline(ann, id);
    expect(hours.map(({ exchanges }) => exchanges)).toEqual([
      [17, 0, 3, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 5],
    ]);
    expect((await listCampaigns(ann)).find((row) => row.id === id)).toMatchObject({ ...volume, clusters: 4 });
  });

  test('a cluster that split from one of it and is in no campaign is pointed out', async () => {
    const root = await insertCluster();
    const split = await insertCluster({ name: 'Late kiln', accounts: 40 });
    const { runId } = await database().cluster.findUniqueOrThrow({ where: { id: split } });
    await database().clusterLineage.create({
      data: { clusterId: split, runId, event: 'split', otherClusterId: root, before: 0, after: 40 },
    });
    const { id } = await open(root);
    expect((await getCampaign(ann, id)).offshoots).toEqual([
      { id: split, name: 'Late kiln', from: root, accounts: 40 },
    ]);
    await assignCluster(ann, { clusterId: split, from: null, to: id, reason: 'Split of it.' });
    expect((await getCampaign(ann, id)).offshoots).toEqual([]);
  });
});

describe('attribution', () => {
  const suppose = (campaignId: number, actorName: string, confidence = 60) =>
    supposeActor(ann, { campaignId, actorName, confidence, reason: 'Shared infrastructure.' });
  const assess = (
    hypothesisId: number,
    revision: number,
    state: 'standing' | 'attributed' | 'withdrawn',
    confidence: number,
  ) => assessHypothesis(bo, { hypothesisId, revision, state, confidence, reason: 'Weighed again.' });

  test('hypotheses compete: attributing to one ends the attribution to the other, and history keeps both', async () => {
    const { id } = await open(await insertCluster());
    const first = await suppose(id, 'Lab North');
    const second = await suppose(id, 'lab south');
    expect(await refusal(suppose(id, 'LAB NORTH'))).toMatchObject({ code: 'conflict' });
    for (const { id: hypothesisId } of [first, second])
      await addEvidence(ann, { hypothesisId, side: 'for', body: 'A partner saw the same cards.' });
    await assess(first.id, 1, 'attributed', 70);
    await assess(second.id, 1, 'attributed', 80);
    const { hypotheses } = await getCampaign(ann, id);
    expect(hypotheses.map(({ actor, state, confidence }) => [actor.name, state, confidence])).toEqual([
      ['lab south', 'attributed', 80],
      ['Lab North', 'standing', 70],
    ]);
    expect(hypotheses[1]?.revisions.map(({ state, author }) => [state, author.name])).toEqual([
      ['standing', 'Bo'],
      ['attributed', 'Bo'],
      ['standing', 'Ann'],
    ]);
    expect((await listCampaigns(ann)).find((row) => row.id === id)).toMatchObject({
      attributed: { actor: 'lab south', confidence: 80 },
      standing: 2,
    });
  });

  test('takes evidence for it that stands; the last of it cannot be withdrawn under an attribution', async () => {
    const { id } = await open(await insertCluster());
    const { id: hypothesisId } = await suppose(id, 'Lab East');
    await addEvidence(ann, { hypothesisId, side: 'against', body: 'Other hours of the day.' });
    expect(await refusal(assess(hypothesisId, 1, 'attributed', 80))).toMatchObject({ code: 'bad_input' });
    const item = await addEvidence(ann, { hypothesisId, side: 'for', body: 'Same prompts.' });
    await assess(hypothesisId, 1, 'attributed', 80);
    const take = () => withdrawEvidence(bo, { evidenceId: item.id, reason: 'The partner was wrong.' });
    expect(await refusal(take())).toMatchObject({ code: 'conflict' });
    expect(await refusal(assess(hypothesisId, 1, 'withdrawn', 0))).toMatchObject({ code: 'conflict' });
    await assess(hypothesisId, 2, 'standing', 40);
    await take();
    expect((await getCampaign(ann, id)).hypotheses[0]?.evidence[1]).toMatchObject({
      withdrawn: { by: { name: 'Bo' }, reason: 'The partner was wrong.' },
    });
    expect((await entries(id)).map((entry) => entry.verb)).toEqual([
      'campaign.create',
      'campaign.add_cluster',
      'campaign.suppose',
      'campaign.add_evidence',
      'campaign.add_evidence',
      'campaign.assess',
      'campaign.assess',
      'campaign.withdraw_evidence',
    ]);
  });

  test('evidence names a cluster of this campaign only', async () => {
    const [cluster, elsewhere] = [await insertCluster(), await insertCluster()];
    const { id } = await open(cluster);
    const { id: hypothesisId } = await suppose(id, 'Lab West');
    const add = (clusterId: number) =>
      addEvidence(ann, { hypothesisId, side: 'for', body: 'See there.', clusterId });
    expect(await refusal(add(elsewhere))).toMatchObject({ code: 'conflict' });
    await add(cluster);
  });
});

describe('rights', () => {
  test.each(ROLES)('%s manages campaigns exactly if the table says so', async (role) => {
    const person = await insertUser(role);
    const work = createCampaign(person, { name: `By ${role}` });
    if (role === 'analyst' || role === 'approver') await work;
    else expect(await refusal(work)).toMatchObject({ code: 'forbidden' });
  });

  test('neither a machine nor the command line attributes anything', async () => {
    for (const actor of [
      { kind: 'cli', name: 'root' },
      { kind: 'key', id: 1, name: 'k' },
    ] as const)
      expect(await refusal(createCampaign(actor, { name: 'By machine' }))).toMatchObject({
        code: 'forbidden',
      });
  });

  test('who may not see addresses reads what people wrote without them', async () => {
    const { id } = await open();
    expect((await getCampaign(auditor, id)).summary).toBe('seen from hidden');
    expect((await getCampaign(ann, id)).summary).toContain('203.0.113.9');
  });
});
