import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { getDeskStatus } from '@/lib/clusters/desk-status';
import { insertCluster, insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { importList } from '@/lib/infrastructure/import-list';
import { addEvidence } from './add-evidence';
import { answerShare } from './answer-share';
import { assessHypothesis } from './assess-hypothesis';
import { createCampaign } from './create-campaign';
import { downloadShare } from './download-share';
import { editCampaign } from './edit-campaign';
import { endShare } from './end-share';
import { exportBundle } from './export-bundle';
import { getCampaign } from './get-campaign';
import { getShare } from './get-share';
import { previewShare } from './preview-share';
import { proposeShare } from './propose-share';
import { setSharingKey } from './set-sharing-key';
import { HASHABLE_KINDS, type PreviewShareInput } from './share-schema';
import { keyedHash } from './stix/keyed-hash';
import type { StixObject } from './stix/schema';
import { supposeActor } from './suppose-actor';
import { insertHeld } from './testing/insert-held';

const CLI: Actor = { kind: 'cli', name: 'root' };
let ann: Person;
let cluster: number;
let campaign: number;

async function insertEvidence(clusterId: number, kind: string, ids: readonly string[]): Promise<void> {
  const counts = { members: 3, population: 3, expected: 0.01 };
  const data = {
    ...counts,
    points: 5,
    scoreWithout: 20,
    valueCount: ids.length,
    values: ids.map((indicatorId) => ({ indicatorId, value: 'x', ...counts })),
  };
  await database().evidence.upsert({
    where: { clusterId_kind: { clusterId, kind } },
    create: { clusterId, kind, ...data },
    update: data,
  });
}

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
      insertHeld('ip', '10.0.0.7', ours),
      insertHeld('ip', '192.0.2.77', ours),
    ]),
    asn: [await insertHeld('asn', '15139', ours)],
    user_agent: await Promise.all([
      insertHeld('user_agent', 'harvester/2.0', ours),
      insertHeld('user_agent', 'bot acct_two', ours),
      insertHeld('user_agent', 'python-requests/2.32.3', ours),
    ]),
    payment: [await insertHeld('payment', 'pm_secret', ours)],
    email_pattern: [await insertHeld('email_pattern', 'consonants8.NNN', ours)],
  };
  await importList(CLI, {
    name: 'Exits',
    type: 'vpn',
    source: 'a test',
    until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    text: '192.0.2.0/24',
  });
  for (const [kind, ids] of Object.entries(held)) await insertEvidence(cluster, kind, ids);
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
    for (const stays of [
      'acct_',
      'out_',
      'pm_secret',
      'consonants8',
      '203.0.113',
      '10.0.0',
      '192.0.2',
      'python-requests',
    ])
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
    expect(objects.find(({ type }) => type === 'observed-data')).toMatchObject({ number_observed: 6 });
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

describe('a share', () => {
  let bo: Person;
  const options = (more: Partial<PreviewShareInput> = {}): PreviewShareInput => ({
    campaignId: campaign,
    tlp: 'amber',
    hashed: [],
    also: [],
    without: [],
    collectionId: null,
    ...more,
  });
  const propose = async (more?: Partial<PreviewShareInput>, who = ann) => {
    const { contentSha256 } = await previewShare(who, options(more));
    return proposeShare(who, { ...options(more), contentSha256, reason: 'For partners.' });
  };
  const approve = async (shareId: number, who = bo) =>
    answerShare(who, {
      shareId,
      verdict: 'approve',
      sha256: (await getShare(who, shareId)).sha256,
      reason: 'Looked.',
    });
  const withdraw = (shareId: number) => endShare(ann, { shareId, reason: 'Not now.' });

  beforeAll(async () => {
    bo = await insertUser('approver', 'Bo');
  });

  test('is previewed object by object, with what stays and why; what strangers show leaves only when asked for', async () => {
    const preview = await previewShare(ann, options());
    const why = Object.fromEntries(
      preview.leftOut.map(({ kind, reason, values }) => [`${kind} ${reason}`, values]),
    );
    expect(why).toEqual({
      'ip private_address': 1,
      'ip one_account': 1,
      'ip held_by_others': 1,
      'ip listed': 1,
      'user_agent common_agent': 1,
      'user_agent names_somebody': 1,
      'payment not_chosen': 1,
      'email_pattern never_leaves': 1,
    });
    const idOf = (reason: string) =>
      preview.leftOut.find((row) => row.reason === reason)?.examples[0]?.id ?? '';
    const asked = await previewShare(
      ann,
      options({ also: [idOf('common_agent')], without: [preview.values[0]!.id] }),
    );
    const titles = asked.objects.map(({ title }) => title).join('\n');
    expect(titles).toContain('python-requests/2.32.3');
    expect(titles).not.toContain('10.0.0.7');
    expect(titles).not.toContain('15139');
    expect(asked.leftOut).toContainEqual(expect.objectContaining({ reason: 'taken_out', values: 1 }));
  });

  test('leaves to the byte as it was frozen, only after somebody else approved it, with its hash in the audit', async () => {
    const { id } = await propose();
    const waiting = async (person: Person) => (await getDeskStatus(person)).counts.sharesForMe;
    expect([await waiting(bo), await waiting(ann)]).toEqual([1, 0]);
    expect(await refusal(downloadShare(ann, id))).toMatchObject({ code: 'conflict' });
    expect(await refusal(propose())).toMatchObject({ code: 'conflict' });
    const { sha256 } = await getShare(bo, id);
    for (const [who, hash] of [
      [await insertUser('admin'), sha256],
      [bo, '0'.repeat(64)],
    ] as const)
      expect(
        (await refusal(answerShare(who, { shareId: id, verdict: 'approve', sha256: hash, reason: 'Yes.' })))
          .code,
      ).toMatch(/forbidden|conflict/);
    await expect(
      database().$executeRaw`UPDATE share SET bundle = bundle || ' ' WHERE id = ${id}`,
    ).rejects.toThrow(/stays/);
    expect(await refusal(approve(id, { ...bo, provedAt: 1 }))).toMatchObject({ code: 'unproved' });
    await approve(id);
    const { bundle } = await downloadShare(ann, id);
    expect(createHash('sha256').update(bundle).digest('hex')).toBe(sha256);
    const entries = await database().auditEntry.findMany({
      where: { objectType: 'share', objectId: `S-${id}` },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ verb, outcome }) => `${verb} ${outcome}`)).toEqual([
      'share.propose done',
      'share.approve refused',
      'share.approve refused',
      'share.approve refused',
      'share.approve done',
      'data.export done',
    ]);
    for (const entry of entries.filter(({ outcome }) => outcome === 'done'))
      expect(entry.detail).toMatchObject({ sha256 });
    await endShare(bo, { shareId: id, reason: 'Over.' });
    expect(await refusal(downloadShare(ann, id))).toMatchObject({ code: 'conflict' });
  });

  test('of its own proposer’s is refused by the verb, and by the database when the verb is gone round', async () => {
    const { id } = await propose({}, bo);
    expect(await refusal(approve(id))).toMatchObject({ code: 'forbidden' });
    await expect(
      database().share.update({
        where: { id },
        data: { status: 'approved', decidedById: bo.id, decidedAt: new Date(), decidedReason: 'Me.' },
      }),
    ).rejects.toThrow(/share_second_person/);
    await endShare(bo, { shareId: id, reason: 'Not now.' });
  });

  test('holds keyed hashes only when they are chosen and there is a key', async () => {
    expect(await refusal(previewShare(ann, options({ hashed: ['payment'] })))).toMatchObject({
      code: 'conflict',
    });
    const { key } = await setSharingKey(await insertUser('admin'), { key: null, reason: 'First.' });
    const { id } = await propose({ hashed: ['payment'] });
    const text = (await getShare(ann, id)).content.map(({ json }) => json).join();
    const hash = createHmac('sha256', Buffer.from(key ?? '', 'base64'))
      .update('payment\npm_secret')
      .digest('hex');
    expect(text).toContain(hash);
    expect(text).not.toContain('pm_secret');
    await withdraw(id);
  });

  test('that is no longer what was seen, or whose objects left meanwhile in another version, does not leave', async () => {
    const { contentSha256 } = await previewShare(ann, options());
    const { id } = await propose();
    const { name, textVersion, summary } = await getCampaign(ann, campaign);
    await editCampaign(ann, { campaignId: campaign, name, summary: 'Another.', textVersion });
    await ofCampaign();
    expect(await refusal(approve(id))).toMatchObject({ code: 'conflict' });
    await withdraw(id);
    expect(
      await refusal(proposeShare(ann, { ...options(), contentSha256, reason: 'For partners.' })),
    ).toMatchObject({ code: 'conflict' });
    await editCampaign(ann, { campaignId: campaign, name, summary, textVersion: textVersion + 1 });
  });
});

describe('what does not', () => {
  test('whatever its values are and whoever asks for all of them: no account, no secret but as its hash, no kind that is not listed', async () => {
    const { key } = await setSharingKey(await insertUser('admin'), { key: null, reason: 'Another.' });
    const id = fc.oneof(
      fc.uuid(),
      fc.emailAddress(),
      fc.stringMatching(/^[a-z]{3}-[A-Z0-9]{8}$/),
      fc.stringMatching(/^\d{9}$/),
    );
    const secret = fc
      .string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 40 })
      .filter((text) => text.trim() === text);
    const never = [
      'email_pattern',
      'email_domain',
      'client_fingerprint',
      'api_key',
      'session',
      'display_name',
      'prompt',
    ];
    const kinds = [...HASHABLE_KINDS, ...never];
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(id, { minLength: 3, maxLength: 3 }),
        fc.uniqueArray(secret, { minLength: kinds.length, maxLength: kinds.length }),
        async (accounts, secrets) => {
          const clusterId = await insertCluster(
            { status: 'confirmed' },
            accounts.map((each) => ({ id: each })),
          );
          const put = async (kind: string, value: string) => {
            const indicatorId = await insertHeld(kind, value, accounts);
            await insertEvidence(clusterId, kind, [indicatorId]);
            return indicatorId;
          };
          for (const [at, kind] of kinds.entries()) await put(kind, secrets[at]!);
          const asked = [await put('user_agent', `agent/1.0 (${accounts[0]})`)];
          const { id: campaignId } = await createCampaign(ann, { name: `Of ${clusterId}`, clusterId });
          const { objects } = await previewShare(ann, {
            campaignId,
            tlp: 'amber',
            hashed: [...HASHABLE_KINDS],
            also: asked,
            without: [],
            collectionId: null,
          });
          const texts = objects.map(({ json }) => json).join('\n');
          for (const each of [...secrets, ...accounts])
            expect(texts).not.toContain(JSON.stringify(each).slice(1, -1));
          for (const [at, kind] of HASHABLE_KINDS.entries())
            expect(texts).toContain(keyedHash(Buffer.from(key ?? '', 'base64'), kind, secrets[at]!));
          expect(objects.filter(({ type }) => type === 'indicator')).toHaveLength(HASHABLE_KINDS.length);
          // Not chosen: not even as hashes.
          const bare = JSON.stringify(await exportBundle(CLI, { kind: 'cluster', id: clusterId }));
          expect(bare).not.toContain('llm-account-trait--');
        },
      ),
      { numRuns: 4 },
    );
  });

  test('a summary that names an account or a mail address keeps the campaign in the house', async () => {
    for (const summary of ['It began with (acct_two).', 'Write to eve@example.com']) {
      const { name, textVersion } = await getCampaign(ann, campaign);
      await editCampaign(ann, { campaignId: campaign, name, summary, textVersion });
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
