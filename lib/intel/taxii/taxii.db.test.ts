/** Our server over HTTP as a partner's client sees it, after TAXII 2.1 (OASIS standard, 10 June 2021), and our own client. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { DELETE, GET, POST, PUT } from '@/app/taxii2/[[...path]]/route';
import { addApiKey } from '@/lib/access/add-api-key';
import { authenticateKey } from '@/lib/access/authenticate-key';
import type { Actor, Person } from '@/lib/access/schema';
import { insertCluster, insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { log } from '@/lib/log';
import { hashIdentity } from '@/lib/records/hash-identity';
import { answerShare } from '../answer-share';
import { createCampaign } from '../create-campaign';
import { editCampaign } from '../edit-campaign';
import { endShare } from '../end-share';
import { getCampaign } from '../get-campaign';
import { getShare } from '../get-share';
import { getCorroboration } from '../partners/get-corroboration';
import { importBundle } from '../partners/import-bundle';
import { listHeld } from '../partners/list-held';
import { listSettled } from '../partners/list-settled';
import { matchPartners } from '../partners/match-partners';
import { settleValue } from '../partners/settle-value';
import { previewShare } from '../preview-share';
import { proposeShare } from '../propose-share';
import { setSharingKey } from '../set-sharing-key';
import { keyedHash } from '../stix/keyed-hash';
import { insertHeld } from '../testing/insert-held';
import { addCollection } from './add-collection';
import { addFeed } from './change-feeds';
import { grantCollection } from './grant-collection';
import { pollFeeds } from './poll-feeds';

const CLI: Actor = { kind: 'cli', name: 'root' };
const TAXII = 'application/taxii+json;version=2.1';
let server: Server;
let origin = '';
let reader = '';
let writer = '';
let stranger = '';
let collection = '';
let ann: Person;
let bo: Person;
let admin: Person;
let campaign = 0;
let cluster = 0;

interface Answer {
  status: number;
  type: string | null;
  headers: Headers;
  body: TaxiiBody;
}

/** Whatever of these an answer has; the assertions tell when one is missing. */
interface TaxiiBody {
  id: string;
  title: string;
  collections: unknown[];
  objects: { id: string; type: string; modified: string }[];
  successes: unknown[];
  versions: string[];
  more?: boolean;
  next: string;
}

async function ask(path: string, key: string | null, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`${origin}/taxii2/${path}`, {
    ...init,
    headers: {
      accept: TAXII,
      ...(key && { authorization: `Basic ${Buffer.from(`partner:${key}`).toString('base64')}` }),
      ...init.headers,
    },
  });
  const { status, headers } = answer;
  return { status, headers, type: headers.get('content-type'), body: await answer.json() };
}
const objects = (query = '', key = reader) => ask(`api/collections/${collection}/objects/${query}`, key);
/** The lines of the log since it was last asked. */
const logged = (): { status: number }[] => {
  const lines = vi.mocked(log.warn).mock.calls.map(([line]) => line as unknown as { status: number });
  vi.mocked(log.warn).mockClear();
  return lines;
};
const push = (body: object | string, key = writer, type = TAXII, headers: Record<string, string> = {}) =>
  ask(`api/collections/${collection}/objects/`, key, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

let made = 0;
const indicator = (pattern: string, more: object = {}) => ({
  type: 'indicator',
  spec_version: '2.1',
  id: `indicator--00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
  created: '2026-09-01T00:00:00.000Z',
  modified: '2026-09-01T00:00:00.000Z',
  pattern,
  pattern_type: 'stix',
  valid_from: '2026-09-01T00:00:00Z',
  valid_until: '2099-01-01T00:00:00Z',
  ...more,
});
const bundle = (list: object[]) => JSON.stringify({ type: 'bundle', id: 'bundle--1', objects: list });
const take = (text: string, partner = 'Partner one') =>
  importBundle(ann, [Buffer.from(text)], { partner, file: 'bundle.json' });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );

async function share(): Promise<number> {
  const options = {
    campaignId: campaign,
    tlp: 'amber' as const,
    hashed: [],
    also: [],
    without: [],
    collectionId: collection,
  };
  const { contentSha256 } = await previewShare(ann, options);
  const { id } = await proposeShare(ann, { ...options, contentSha256, reason: 'For partners.' });
  const { sha256 } = await getShare(bo, id);
  await answerShare(bo, { shareId: id, verdict: 'approve', sha256, reason: 'Looked.' });
  return id;
}

beforeAll(async () => {
  const handlers: Record<string, (request: Request) => Promise<Response>> = { GET, POST, PUT, DELETE };
  server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const request = new Request(`http://${headers.host}${url}`, {
      method,
      headers: headers as Record<string, string>,
      ...(method === 'POST' && { body: Readable.toWeb(incoming), duplex: 'half' }),
    } as RequestInit);
    const answer = await handlers[method]!(request);
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('NEXTAUTH_URL', '');
  vi.spyOn(log, 'warn').mockImplementation(() => {});
  [ann, bo, admin] = await Promise.all([insertUser('analyst'), insertUser('approver'), insertUser('admin')]);
  const keys = await Promise.all(['Reader', 'Writer', 'Stranger'].map((name) => addApiKey(CLI, { name })));
  [reader = '', writer = '', stranger = ''] = keys.map(({ key }) => key);
  ({ id: collection } = await addCollection(CLI, { title: 'Partners', tlp: 'amber' }));
  const grant = (at: number, mayRead: boolean, mayWrite: boolean) =>
    grantCollection(CLI, { collectionId: collection, keyId: keys[at]!.row.id, mayRead, mayWrite });
  await grant(0, true, false);
  await grant(1, false, true);
  const ours = ['a1', 'a2', 'a3'];
  cluster = await insertCluster(
    { name: 'Iron estuary', status: 'confirmed' },
    ours.map((id) => ({ id })),
  );
  await database().account.createMany({ data: Array.from({ length: 60 }, (_, n) => ({ id: `o${n}` })) });
  // Seen today: what partners are told must not be over already.
  const today = [new Date().toISOString().slice(0, 10)];
  const held = [
    await insertHeld('ip', '192.0.2.5', ours, today),
    await insertHeld('ip', '192.0.2.6', ours, today),
  ];
  await database().evidence.create({
    data: {
      clusterId: cluster,
      kind: 'ip',
      members: 3,
      population: 3,
      expected: 0,
      points: 5,
      scoreWithout: 20,
      valueCount: 2,
      values: held.map((indicatorId) => ({
        indicatorId,
        value: 'x',
        members: 3,
        population: 3,
        expected: 0,
      })),
    },
  });
  ({ id: campaign } = await createCampaign(ann, { name: 'Long winter', clusterId: cluster }));
});

afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.close();
});

describe('who asks and how', () => {
  test.each([
    ['without a key', '', null, {}, 401],
    ['with a key that is none', '', 'weir_none', {}, 401],
    ['for another media type', '', 'reader', { accept: 'application/json' }, 406],
    ['for another version', '', 'reader', { accept: 'application/taxii+json;version=2.0' }, 406],
    ['for what is not there', 'nowhere/', 'reader', {}, 404],
    ['for a collection of others', 'api/collections/COLLECTION/', 'stranger', {}, 404],
    ['to read where it may only write', 'api/collections/COLLECTION/objects/', 'writer', {}, 403],
    [
      'for an added_after that is no time',
      'api/collections/COLLECTION/objects/?added_after=now',
      'reader',
      {},
      400,
    ],
    [
      'for a day that is none',
      'api/collections/COLLECTION/manifest/?added_after=2026-02-30T00:00:00Z',
      'reader',
      {},
      400,
    ],
    [
      'for a version that is none',
      'api/collections/COLLECTION/objects/?match[version]=newest',
      'reader',
      {},
      400,
    ],
    ['for a limit of nothing', 'api/collections/COLLECTION/objects/?limit=0', 'reader', {}, 400],
    ['for a page that nobody gave', 'api/collections/COLLECTION/objects/?next=AAAA', 'reader', {}, 400],
    [
      'for an object that is not there',
      'api/collections/COLLECTION/objects/indicator--x/',
      'reader',
      {},
      404,
    ],
    ['for a status of nobody', 'api/status/COLLECTION/', 'reader', {}, 404],
  ])('%s: an error message of TAXII, and a line of the log', async (_, path, who, headers, status) => {
    const key = { reader, writer, stranger }[who ?? ''] ?? who;
    logged();
    const answer = await ask(path.replace('COLLECTION', collection), key, { headers });
    expect(answer).toMatchObject({ status, type: TAXII, body: { http_status: String(status) } });
    expect(answer.body.title.length).toBeGreaterThan(10);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
    const [pathname = ''] = `/taxii2/${path.replace('COLLECTION', collection)}`.split('?');
    expect(logged()).toEqual([
      {
        taxii: 'GET',
        path: pathname,
        status,
        code: expect.stringMatching(/^[a-z_]+$/),
        why: answer.body.title,
      },
    ]);
  });

  test('a method that an address does not take is refused, and so is writing without the right', async () => {
    logged();
    const put = await ask('', reader, { method: 'PUT' });
    expect(put).toMatchObject({ status: 405, type: TAXII });
    expect(put.headers.get('allow')).toBe('GET');
    expect((await push({ objects: [] }, reader)).status).toBe(403);
    expect((await push({ objects: [] }, writer, 'application/json')).status).toBe(415);
    expect((await push({ objects: [] }, writer, TAXII, { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await push(`{"objects":[{"a":"${'x'.repeat(10_485_760)}"}]}`)).status).toBe(413);
    expect((await push('{"objects":')).status).toBe(400);
    expect((await push(`{"objects":[{"a":${'['.repeat(40)}${']'.repeat(40)}}]}`)).status).toBe(422);
    const lines = logged();
    expect(lines.map(({ status }) => status)).toEqual([405, 403, 415, 415, 413, 400, 422]);
    expect(JSON.stringify(lines), 'neither a key nor what was sent').not.toMatch(/weir_|xxxx/);
  });

  test('a partner’s key sends no records', async () => {
    expect(await refusal(authenticateKey(`Bearer ${reader}`))).toMatchObject({ code: 'forbidden' });
    expect(await authenticateKey(`Bearer ${stranger}`)).toMatchObject({ kind: 'key' });
  });

  test('discovery leads to the API root, and that to the collections of the key', async () => {
    const discovery = await ask('', reader);
    expect(discovery).toMatchObject({ status: 200, type: TAXII });
    expect(discovery.body).toMatchObject({
      default: `${origin}/taxii2/api/`,
      api_roots: [`${origin}/taxii2/api/`],
    });
    expect((await ask('api/', reader)).body).toMatchObject({
      versions: [TAXII],
      max_content_length: 10_485_760,
    });
    expect((await ask('api/collections/', stranger)).body).toEqual({});
    expect((await ask('api/collections/', reader)).body.collections).toEqual([
      {
        id: collection,
        title: 'Partners',
        can_read: true,
        can_write: false,
        media_types: ['application/stix+json;version=2.1'],
      },
    ]);
  });
});

describe('what is served', () => {
  test('is what was approved: paged by time of adding, filtered, with every version', async () => {
    expect((await objects()).body).toEqual({});
    const first = await share();
    const { textVersion } = await getCampaign(ann, campaign);
    await editCampaign(ann, { campaignId: campaign, name: 'Long winter', summary: 'Moved.', textVersion });
    const second = await share();
    const all = await objects();
    const ids = all.body.objects.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(all.body.more).toBeUndefined();

    const paged: string[] = [];
    let query = '?limit=4';
    let added = '';
    for (let page = 0; page < 20; page++) {
      const { body, headers } = await objects(query);
      paged.push(...body.objects.map(({ id }: { id: string }) => id));
      expect((headers.get('x-taxii-date-added-first') ?? '') > added).toBe(true);
      added = headers.get('x-taxii-date-added-last') ?? '';
      if (!body.more) break;
      query = `?limit=4&next=${encodeURIComponent(body.next)}`;
    }
    expect(paged).toEqual(ids);
    expect((await objects(`?added_after=${added}`)).body).toEqual({});

    const types = (await objects('?match[type]=campaign,report')).body.objects;
    expect(types.map(({ type }: { type: string }) => type).sort()).toEqual(['campaign', 'report']);
    expect((await objects('?match[spec_version]=2.0')).body).toEqual({});
    const { id, modified } = types[0]!;
    expect((await objects(`?match[id]=${id}&match[version]=all`)).body.objects).toHaveLength(2);
    const earliest = (await objects(`?match[id]=${id}&match[version]=first`)).body.objects[0]!;
    expect(earliest.modified < modified).toBe(true);
    expect((await objects(`?match[id]=${id}&match[version]=${earliest.modified}`)).body.objects).toEqual([
      earliest,
    ]);
    const { versions } = (await ask(`api/collections/${collection}/objects/${id}/versions/`, reader)).body;
    expect(versions).toEqual([earliest.modified, modified]);
    const manifest = (await ask(`api/collections/${collection}/manifest/?match[id]=${id}`, reader)).body
      .objects;
    expect(manifest).toEqual([
      {
        id,
        date_added: expect.stringMatching(/\.\d{6}Z$/),
        version: modified,
        media_type: 'application/stix+json;version=2.1',
      },
    ]);

    await endShare(bo, { shareId: second, reason: 'Over.' });
    expect((await objects(`?match[id]=${id}`)).body.objects).toEqual([earliest]);
    await endShare(bo, { shareId: first, reason: 'Over.' });
    expect((await objects()).body).toEqual({});
  });

  test('what is marked closer than the collection stays out of it', async () => {
    const options = {
      campaignId: campaign,
      tlp: 'red' as const,
      hashed: [],
      also: [],
      without: [],
      collectionId: collection,
    };
    const { contentSha256 } = await previewShare(ann, options);
    expect(
      await refusal(proposeShare(ann, { ...options, contentSha256, reason: 'For partners.' })),
    ).toMatchObject({
      code: 'conflict',
    });
    expect(
      await database().auditEntry.findFirst({ where: { verb: 'share.propose', outcome: 'refused' } }),
    ).toMatchObject({ detail: { tlp: 'red' }, reason: expect.stringContaining('TLP:AMBER') });
  });
});

describe('what partners write', () => {
  test('goes to the inbox, never into what is served; its status tells object by object', async () => {
    const good = indicator("[ipv4-addr:value = '192.0.2.5']");
    const bad = indicator('[ipv4-addr:value = ');
    logged();
    const answer = await push({ objects: [good, bad] });
    expect(logged()).toMatchObject([
      { status: 202, code: 'objects_refused', why: expect.stringMatching(/^1 of 2 objects.*grammar/) },
    ]);
    expect(answer).toMatchObject({
      status: 202,
      body: { status: 'complete', total_count: 2, success_count: 1, failure_count: 1, pending_count: 0 },
    });
    expect(answer.body.successes[0]).toMatchObject({ id: good.id, version: good.modified });
    expect((await ask(`api/status/${answer.body.id}/`, writer)).body).toEqual(answer.body);
    expect((await ask(`api/status/${answer.body.id}/`, reader)).status).toBe(404);
    expect((await objects()).body).toEqual({});
    const keyId = (await database().apiKey.findFirstOrThrow({ where: { name: 'Writer' } })).id;
    await grantCollection(CLI, { collectionId: collection, keyId, mayRead: true, mayWrite: true });
    const at = `api/collections/${collection}/objects/${good.id}/`;
    expect((await ask(at, writer, { method: 'DELETE' })).status).toBe(200);
    expect((await ask(at, writer, { method: 'DELETE' })).status).toBe(404);
    expect(await database().partnerIndicator.findFirst({ where: { stixId: good.id } })).toMatchObject({
      revoked: true,
    });
  });

  test('is refused whole, and written down, when it is no bundle, too deep or of another version', async () => {
    const deep = `{"type":"bundle","objects":[{"a":${'['.repeat(40)}${']'.repeat(40)}}]}`;
    for (const [text, code] of [
      ['[]', 'bad_input'],
      ['{"type":"bundle","objects":[1,"x"]}', 'bad_input'],
      [deep, 'limit'],
      [`{"type":"bundle","objects":[{"type":"indicator"`, 'bad_input'],
      ['{"type":"bundle","spec_version":"2.0","objects":[]}', 'bad_input'],
    ] as const) {
      expect(await refusal(take(text)), text.slice(0, 60)).toMatchObject({ code });
    }
    const entries = await database().auditEntry.findMany({
      where: { verb: 'intel.import', outcome: 'refused' },
    });
    expect(entries.length).toBeGreaterThanOrEqual(5);
    expect(await database().intelImport.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      problem: expect.stringContaining('STIX 2.0'),
    });
  });

  test('is taken object by object: what is not as it should be is counted by reason', async () => {
    const red = { object_marking_refs: ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'] };
    const { skipped, indicators } = await take(
      bundle([
        { type: 'identity', spec_version: '2.1', id: 'identity--00000000-0000-4000-8000-000000000001' },
        indicator("[ipv4-addr:value = '192.0.2.66' OR ipv4-addr:value = '192.0.2.67']"),
        indicator("[ipv4-addr:value = '192.0.2.68']", red),
        indicator("[ipv4-addr:value = '192.0.2.69']", { spec_version: undefined }),
        indicator("[ipv4-addr:value = '192.0.2.70']", { valid_until: '2026-09-02T00:00:00Z' }),
        indicator("[domain-name:value = 'x.example']"),
        indicator('not a pattern'),
        { type: 'indicator' },
      ]),
    );
    expect(indicators).toBe(1);
    expect(Object.fromEntries(skipped.map(({ reason, objects: n }) => [reason, n]))).toEqual({
      no_indicator: 1,
      tlp_red: 1,
      other_version: 1,
      over: 1,
      other_values: 1,
      invalid_pattern: 1,
      malformed: 1,
    });
  });
});

describe('versions', () => {
  test('the latest counts, whole, in whatever order they come', async () => {
    const pattern = (...last: number[]) =>
      `[${last.map((byte) => `ipv4-addr:value = '198.51.100.${byte}'`).join(' OR ')}]`;
    const first = indicator(pattern(1, 2, 3));
    const second = { ...first, pattern: pattern(2), modified: '2026-09-02T00:00:00.000Z' };
    const third = { ...first, pattern: pattern(4, 5), modified: '2026-09-03T00:00:00.000Z' };
    const told = async () =>
      (await database().partnerIndicator.findMany({ where: { stixId: first.id } }))
        .map(({ value }) => value.slice('198.51.100.'.length))
        .sort();
    expect(await take(bundle([second, first, second]))).toMatchObject({ indicators: 3, fresh: 1 });
    expect(await told()).toEqual(['2']);
    expect(await take(bundle([first]))).toMatchObject({ fresh: 0 });
    expect(await told()).toEqual(['2']);
    expect(await take(bundle([third, first]))).toMatchObject({ fresh: 2 });
    expect(await told()).toEqual(['4', '5']);
    // Another partner's object of the same id is another's word.
    expect(await take(bundle([second]), 'Partner two')).toMatchObject({ fresh: 1 });
    expect(await told()).toEqual(['2', '4', '5']);
  });
});

describe('corroboration', () => {
  test('is plain, by network and by keyed hash; a new version and the end of one count, an older one does not', async () => {
    // Ids as ingest gives them: what partners name is found by them.
    const put = async (kind: string, value: string, accounts: string[]) => {
      const id = await insertHeld(kind, value, accounts);
      const { high, low } = hashIdentity(kind, value);
      const ours = (BigInt(high) << 32n) | BigInt(low >>> 0);
      await pool().query('UPDATE account_indicator SET indicator_id = $1 WHERE indicator_id = $2', [
        ours,
        id,
      ]);
      await database().indicator.delete({ where: { id: BigInt(id) } });
      await database().indicator.create({ data: { id: ours, kind, value } });
    };
    await put('ip', '192.0.2.90', ['a1', 'a2']);
    await put('ip', '203.0.113.14', ['a1']);
    await put('payment', 'pm_7', ['a2', 'a3']);
    await put('ip', '192.0.2.91', ['a1', ...Array.from({ length: 50 }, (_, n) => `o${n}`)]);
    await put('ip', '8.8.8.8', ['a1']);
    const { key } = await setSharingKey(admin, { key: null, reason: 'First.' });
    const hash = keyedHash(Buffer.from(key ?? '', 'base64'), 'payment', 'pm_7');
    const amber = { object_marking_refs: ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'] };
    const plain = indicator("[ipv4-addr:value = '192.0.2.90']", { confidence: 80, ...amber });
    const report = await take(
      bundle([
        plain,
        indicator("[ipv4-addr:value ISSUBSET '203.0.113.0/24']"),
        indicator(`[llm-account-trait:trait = 'payment' AND llm-account-trait:value = '${hash}']`),
        indicator("[ipv4-addr:value = '192.0.2.91']"),
        indicator("[ipv4-addr:value = '8.8.8.8']"),
        indicator("[ipv4-addr:value ISSUBSET '192.0.0.0/8']"),
        indicator(
          "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'Mozilla/5.0 (X11)']",
        ),
      ]),
    );
    expect(report).toMatchObject({ fresh: 7, held: 3 });
    expect(await matchPartners()).toEqual({ matches: 4, held: 1 });
    const found = async () =>
      (await getCorroboration(ann, cluster))
        .map(({ kind, value, members }) => `${kind} ${value} ${members}`)
        .sort();
    expect(await found()).toEqual(['ip 192.0.2.90 2', 'ip 203.0.113.14 1', 'payment pm_7 2']);
    const held = (await listHeld(ann)).rows.map(({ value, held: why }) => `${why} ${value}`);
    expect(held).toEqual([
      'common_agent Mozilla/5.0 (X11)',
      'not_rare 192.0.2.91',
      'public_service 8.8.8.8',
      'too_wide 192.0.0.0/8',
    ]);

    // What its owner may know of it goes back as a sighting; what is for this organization alone is not told on.
    const { objects: leaving } = await previewShare(ann, {
      campaignId: campaign,
      tlp: 'amber',
      hashed: [],
      also: [],
      without: [],
      collectionId: null,
    });
    const sightings = leaving.filter(({ type }) => type === 'sighting').map(({ json }) => JSON.parse(json));
    expect(sightings).toEqual([expect.objectContaining({ sighting_of_ref: plain.id, count: 2 })]);

    const settle = async (value: string, counts: boolean) => {
      const { rows } = await pool().query<{ id: string }>(
        `SELECT indicator_id::text AS id FROM partner_indicator WHERE value = $1`,
        [value],
      );
      await settleValue(bo, { indicatorId: rows[0]!.id, counts, reason: 'Looked.' });
    };
    await settle('192.0.2.90', false);
    expect(await found()).not.toContain('ip 192.0.2.90 2');
    await settle('192.0.2.90', true);
    await settle('192.0.2.91', true);
    await matchPartners();
    expect(await found()).toEqual(expect.arrayContaining(['ip 192.0.2.90 2', 'ip 192.0.2.91 1']));
    expect((await listSettled(ann)).map(({ value, counts }) => `${value} ${counts}`)).toEqual([
      '192.0.2.91 true',
      '192.0.2.90 true',
    ]);

    const older = { ...plain, modified: '2026-08-01T00:00:00.000Z', revoked: true };
    expect(await take(bundle([older]))).toMatchObject({ fresh: 0 });
    expect(await found()).toContain('ip 192.0.2.90 2');
    await take(bundle([{ ...plain, modified: '2026-09-02T00:00:00.000Z', revoked: true }]));
    await matchPartners();
    expect(await found()).not.toContain('ip 192.0.2.90 2');
    expect(await refusal(getCorroboration(await insertUser('auditor'), cluster))).toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('our own client', () => {
  test('polls our own server to the end, once; a refusal is told and tried again later', async () => {
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '127.0.0.1');
    const shared = await share();
    await addFeed(admin, {
      partner: 'Ourselves',
      url: `${origin}/taxii2/api/collections/${collection}/`,
      signIn: 'basic',
      userName: 'partner',
      secret: reader,
      minutes: 5,
      reason: 'A test.',
    });
    const count = (await objects()).body.objects.length;
    const signal = new AbortController().signal;
    expect(await pollFeeds(signal)).toEqual([{ feed: expect.any(Number), objects: count, problem: null }]);
    expect(await pollFeeds(signal)).toEqual([]);
    const values = await database().partnerIndicator.findMany({ where: { partner: { name: 'Ourselves' } } });
    expect(values.map(({ value }) => value).sort()).toEqual(['192.0.2.5', '192.0.2.6']);
    await database().intelFeed.updateMany({ data: { nextPollAt: new Date() } });
    expect(await pollFeeds(signal)).toMatchObject([{ objects: 0, problem: null }]);
    await database().intelFeed.updateMany({
      data: { nextPollAt: new Date(), url: `${origin}/taxii2/nowhere/` },
    });
    expect(await pollFeeds(signal)).toMatchObject([{ problem: expect.stringContaining('404') }]);
    await endShare(bo, { shareId: shared, reason: 'Over.' });
  });
});
