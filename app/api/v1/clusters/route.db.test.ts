import { beforeAll, describe, expect, test } from 'vitest';
import { addApiKey } from '@/lib/access/add-api-key';
import { accountPage, clusterLine, clusterPage } from '@/lib/clusters/machine-schema';
import { insertCluster } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { GET as getAccounts } from './[id]/accounts/route';
import { GET as getCluster } from './[id]/route';
import { GET as getClusters } from './route';

const CLI = { kind: 'cli', name: 'tester' } as const;
let reader = '';
let sender = '';
let first: number;
let second: number;
let dismissed: number;

beforeAll(async () => {
  ({ key: reader } = await addApiKey(CLI, { name: 'Case tool', scopes: ['clusters'] }));
  ({ key: sender } = await addApiKey(CLI, { name: 'Gateway' }));
  const members = [
    { id: 'acct_<b>', strength: 0.9 },
    { id: 'acct_weak', role: 'weak' as const, strength: 0.1 },
  ];
  first = await insertCluster({ rank: 1, quadrant: 'distillation' }, members);
  second = await insertCluster({ rank: 2, quadrant: 'benign', status: 'confirmed' });
  dismissed = await insertCluster({ rank: 3, status: 'dismissed' });
});

const ask = (query: string, key?: string) =>
  new Request(`http://weir.test/api/v1/clusters${query}`, {
    headers: key ? { authorization: `Bearer ${key}` } : {},
  });
const list = async (query = '', key: string | undefined = reader) => {
  const response = await getClusters(ask(query, key));
  return { status: response.status, body: await response.json() };
};
const at = (id: number | string) => ({ params: Promise.resolve({ id: String(id) }) });

describe('clusters for other programs', () => {
  test('come page by page, best first, those dismissed not', async () => {
    const all = clusterPage.parse((await list()).body);
    expect(all.clusters.map((each) => each.cluster_id)).toEqual([first, second]);
    expect(all).toMatchObject({ total: 2, next: null });
    expect(all.clusters[0]).not.toHaveProperty('account_ids');
    const page = clusterPage.parse((await list('?limit=1')).body);
    expect(page).toMatchObject({ total: 2, next: 1, clusters: [{ cluster_id: first }] });
    expect((await list('?limit=1&offset=1')).body).toMatchObject({
      next: null,
      clusters: [{ cluster_id: second }],
    });
    expect((await list('?status=confirmed')).body.clusters).toMatchObject([{ cluster_id: second }]);
    expect((await list('?quadrant=distillation')).body.clusters).toMatchObject([{ cluster_id: first }]);
  });

  test('one by one, as the export writes them, and whatever became of them', async () => {
    const one = clusterLine.parse(await (await getCluster(ask('', reader), at(first))).json());
    expect(one).toMatchObject({ account_ids: ['acct_<b>'], weak_account_ids: ['acct_weak'] });
    expect(await (await getCluster(ask('', reader), at(dismissed))).json()).toMatchObject({
      status: 'dismissed',
    });
    const accounts = accountPage.parse(
      await (await getAccounts(ask('?role=weak', reader), at(first))).json(),
    );
    expect(accounts).toMatchObject({
      total: 1,
      next: null,
      accounts: [{ account_id: 'acct_weak', role: 'weak' }],
    });
  });

  test('open to keys that are made for it alone; what is asked wrongly is told', async () => {
    expect((await getClusters(ask(''))).status).toBe(401);
    expect(await list('', sender)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    for (const [query, words] of [
      ['?limit=0', 'limit is to be from 1 to 1000.'],
      ['?status=gone', /status is to be one of: open/],
      ['?page=2', /Known parameters are: offset, limit/],
    ] as const)
      expect(await list(query)).toMatchObject({
        status: 400,
        body: { code: 'bad_input', message: expect.stringMatching(words) },
      });
    for (const id of ['999999', 'CL-1', '../1'])
      expect((await getCluster(ask('', reader), at(id))).status).toBe(404);
  });

  test('that a key read them is in the audit, once an hour each', async () => {
    await list();
    await list();
    const read = await database().auditEntry.findMany({ where: { verb: 'data.read' } });
    expect(read.map((entry) => `${entry.actorName} ${entry.objectType} ${entry.objectId}`).sort()).toEqual(
      [`CL-${dismissed}`, `CL-${first}`]
        .map((id) => `Case tool cluster ${id}`)
        .concat('Case tool export clusters')
        .sort(),
    );
  });
});
