import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { insertCluster, insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { addEvidence } from './add-evidence';
import { assessHypothesis } from './assess-hypothesis';
import { createCampaign } from './create-campaign';
import { editCampaign } from './edit-campaign';
import { exportBundle } from './export-bundle';
import { getCampaign } from './get-campaign';
import type { StixObject } from './stix/schema';
import { supposeActor } from './suppose-actor';
import { insertHeld } from './testing/insert-held';

const CLI: Actor = { kind: 'cli', name: 'root' };
let ann: Person;
let cluster: number;
let campaign: number;

beforeAll(async () => {
  ann = await insertUser('analyst', 'Ann');
  cluster = await insertCluster({ name: 'Iron estuary', status: 'confirmed' }, [
    { id: 'acct_one' },
    { id: 'acct_two' },
    { id: 'acct_three', role: 'member' },
    { id: 'acct_weak', role: 'weak' },
  ]);
  for (const id of ['out_1', 'out_2', 'out_3', 'out_4']) await database().account.create({ data: { id } });
  const ours = ['acct_one', 'acct_two', 'acct_three'];
  const held = {
    ip: await Promise.all([
      insertHeld('ip', '198.51.100.3', [...ours, 'acct_weak']),
      insertHeld('ip', '203.0.113.8', ['acct_one', 'acct_two', 'out_1', 'out_2', 'out_3', 'out_4']),
      insertHeld('ip', '203.0.113.9', ['acct_one']),
    ]),
    asn: [await insertHeld('asn', '15139', ours)],
    user_agent: await Promise.all([
      insertHeld('user_agent', 'harvester/2.0', ours),
      insertHeld('user_agent', 'bot acct_two', ours),
    ]),
    payment: [await insertHeld('payment', 'pm_secret', ours)],
    email_pattern: [await insertHeld('email_pattern', 'consonants8.NNN', ours)],
  };
  await database().evidence.createMany({
    data: Object.entries(held).map(([kind, ids]) => ({
      clusterId: cluster,
      kind,
      members: 3,
      population: 3,
      expected: 0.01,
      points: 5,
      scoreWithout: 20,
      valueCount: ids.length,
      values: ids.map((indicatorId) => ({
        indicatorId,
        value: 'x',
        members: 3,
        population: 3,
        expected: 0.01,
      })),
    })),
  });
  await database().clusterHour.create({
    data: {
      clusterId: cluster,
      hour: new Date('2026-09-20T10:00:00Z'),
      class: 0,
      exchanges: 90,
      inputTokens: 900,
      outputTokens: 9_000,
    },
  });
  ({ id: campaign } = await createCampaign(ann, {
    name: 'Long winter',
    summary: 'Draws traces.',
    clusterId: cluster,
  }));
});

const patterns = (objects: readonly StixObject[]) =>
  objects.flatMap((object) => (object.type === 'indicator' ? [object.pattern] : []));
const ofCluster = () => exportBundle(CLI, { kind: 'cluster', id: cluster });
const ofCampaign = () => exportBundle(CLI, { kind: 'campaign', id: campaign });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );

describe('what leaves', () => {
  test('is what the accounts share and others hardly do; no account, no secret, no value that names one', async () => {
    const { objects } = await ofCluster();
    expect(patterns(objects)).toEqual([
      '[autonomous-system:number = 15139]',
      "[ipv4-addr:value = '198.51.100.3']",
      "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'harvester/2.0']",
    ]);
    const text = JSON.stringify(objects);
    for (const stays of ['acct_', 'out_', 'pm_secret', 'consonants8', '203.0.113'])
      expect(text).not.toContain(stays);
    expect(objects.find(({ type }) => type === 'indicator')).toMatchObject({
      valid_from: '2026-09-10T00:00:00.000Z',
      indicator_types: ['malicious-activity'],
    });
    expect(
      objects.find((object) => object.type === 'indicator' && object.pattern.includes('198')),
    ).toMatchObject({
      valid_until: '2026-10-21T00:00:00.000Z',
      extensions: expect.objectContaining({}),
      description: "Shown by 3 of the operation's accounts; 1 other accounts show it.",
    });
    expect(objects.find(({ type }) => type === 'observed-data')).toMatchObject({ number_observed: 90 });
    expect(objects.at(-1)).toMatchObject({ type: 'grouping', name: 'Iron estuary' });
  });

  test('is marked for this organization alone unless told otherwise, and written down', async () => {
    const { objects, id } = await exportBundle(CLI, { kind: 'cluster', id: cluster }, 'green');
    expect(objects[0]).toMatchObject({ name: 'TLP:GREEN' });
    expect((await ofCluster()).objects[0]).toMatchObject({ name: 'TLP:AMBER+STRICT' });
    const entry = await database().auditEntry.findFirst({
      where: { verb: 'data.export' },
      orderBy: { id: 'desc' },
    });
    expect(entry).toMatchObject({
      actor: 'cli:root',
      objectId: `CL-${cluster}`,
      detail: { tlp: 'amber+strict' },
    });
    expect(id).not.toBe((await ofCluster()).id);
  });

  test('of a campaign names an actor only once it is attributed, as a new version of what changed', async () => {
    const before = await ofCampaign();
    expect(before.objects.some(({ type }) => type === 'threat-actor')).toBe(false);
    expect(JSON.stringify(await ofCampaign())).toBe(JSON.stringify(before));
    const { id } = await supposeActor(ann, {
      campaignId: campaign,
      actorName: 'Lab North',
      confidence: 40,
      reason: 'Seen.',
    });
    await addEvidence(ann, { hypothesisId: id, side: 'for', body: 'Same cards.' });
    expect((await ofCampaign()).objects.some(({ type }) => type === 'threat-actor')).toBe(false);
    await assessHypothesis(ann, {
      hypothesisId: id,
      revision: 1,
      state: 'attributed',
      confidence: 75,
      reason: 'Sure.',
    });
    const after = await ofCampaign();
    expect(after.objects.find(({ type }) => type === 'threat-actor')).toMatchObject({
      name: 'Lab North',
      confidence: 75,
    });
    const versions = (objects: readonly StixObject[]) =>
      new Map(objects.flatMap((each) => ('modified' in each ? [[each.id, each.modified] as const] : [])));
    const [old, now] = [versions(before.objects), versions(after.objects)];
    const changed = [...old]
      .filter(([each, modified]) => now.get(each) !== modified)
      .map(([each]) => each.split('--')[0]);
    expect(changed).toEqual(['report']);
  });
});

describe('what does not', () => {
  test('a summary that names an account or a mail address keeps the campaign in the house', async () => {
    for (const summary of ['It began with (acct_two).', 'Write to eve@example.com']) {
      const { name, updatedAt } = await getCampaign(ann, campaign);
      await editCampaign(ann, { campaignId: campaign, name, summary, updatedAt });
      expect((await refusal(ofCampaign())).forPerson).toMatch(
        /^The summary names an account or a mail address/,
      );
    }
  });

  test('a dismissed cluster, one that is not there, and a campaign without clusters', async () => {
    const dismissed = await insertCluster({ status: 'dismissed' });
    const { id: empty } = await createCampaign(ann, { name: 'Empty' });
    expect(await refusal(exportBundle(CLI, { kind: 'cluster', id: dismissed }))).toMatchObject({
      code: 'conflict',
    });
    expect(await refusal(exportBundle(CLI, { kind: 'cluster', id: 999_999 }))).toMatchObject({
      code: 'not_found',
    });
    expect(await refusal(exportBundle(CLI, { kind: 'campaign', id: empty }))).toMatchObject({
      code: 'conflict',
    });
    expect(await refusal(exportBundle(CLI, { kind: 'campaign', id: 999_999 }))).toMatchObject({
      code: 'not_found',
    });
    expect(
      await refusal(exportBundle(await insertUser('auditor'), { kind: 'cluster', id: cluster })),
    ).toMatchObject({
      code: 'forbidden',
    });
  });
});
