import { beforeAll, expect, test } from 'vitest';
import { SKETCH_BYTES, similarity } from '@/lib/detection/min-hash';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { loadSnapshot } from './load-snapshot';

const account = (account_id: string, more = {}) => ({
  record: 'account',
  account_id,
  created_at: '2026-09-01T00:00:00Z',
  ...more,
});
const exchange = (account_id: string, occurred_at: string, ip: string) => ({
  record: 'exchange',
  exchange_id: `${account_id} ${occurred_at}`,
  account_id,
  occurred_at,
  ip,
  client_fingerprint: 'one client',
  asn: 64_500,
});
const RECORDS = [
  account('a', { payment_fingerprint: 'card' }),
  account('b', { payment_fingerprint: 'card' }),
  account('c', { payment_fingerprint: 'own' }),
  {
    record: 'observation',
    account_id: 'c',
    kind: 'counterparty',
    value: 'a',
    observed_at: '2026-09-02T00:00:00Z',
  },
  exchange('a', '2026-09-03T00:16:00Z', '10.0.0.1'),
  exchange('a', '2026-09-03T23:59:00Z', '10.0.0.1'),
  exchange('b', '2026-09-03T08:00:00Z', '10.0.0.1'),
  exchange('a', '2026-09-04T08:00:00Z', '10.0.0.1'),
];

async function* lines(records: readonly unknown[]) {
  yield Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'));
}
const ingest = (records: readonly unknown[]) =>
  ingestRecords({ kind: 'system', name: 'detection' }, lines(records), { source: 'test' });

beforeAll(async () => {
  await ingest(RECORDS.slice(0, 6));
  // In a load of its own: its rollups are deltas beside those that are there.
  await ingest(RECORDS.slice(6));
  await ingest([exchange('a', '2026-09-03T08:05:00Z', '10.0.0.1')]);
});

/** Who was seen with how much of each value of a kind, by value. */
async function held(kind: string) {
  const { snapshot } = await loadSnapshot('all');
  const { accountIds, kinds, links, valueKind, valueIds, valueAccount } = snapshot;
  const found = new Map<number, { id: string; names: string; by: Record<string, number> }>();
  links.value.forEach((value, i) => {
    if (kinds[valueKind[value]!] !== kind) return;
    const names = accountIds[valueAccount![value]!] ?? '';
    const entry = found.get(value) ?? { id: valueIds[value]!, names, by: {} };
    entry.by[accountIds[links.account[i]!]!] = links.count[i]!;
    found.set(value, entry);
  });
  return [...found.values()].sort((x, y) => Object.keys(y.by).length - Object.keys(x.by).length);
}

test('a value counts once for each account, whatever the days and loads it was seen in', async () => {
  expect(await held('client_fingerprint')).toMatchObject([{ by: { a: 4, b: 1 } }]);
  expect(await held('payment')).toMatchObject([{ by: { a: 1, b: 1 } }, { by: { c: 1 }, id: '' }]);
  expect((await held('payment'))[0]!.id).toMatch(/^-?\d+$/);
});

test('an address is a value of its own on each day', async () => {
  const addresses = await held('ip');
  expect(addresses.map(({ by }) => by)).toEqual([{ a: 3, b: 1 }, { a: 1 }]);
  expect(addresses[0]!.id).toMatch(/^-?\d+@20699$/);
});

test('a value that names an account is marked with it and keeps its id with a single holder', async () => {
  expect(await held('counterparty')).toMatchObject([
    { names: 'a', by: { c: 1 }, id: expect.stringMatching(/\d/) },
  ]);
});

test('wordings come as sketches and keep their ids with a single holder, so that like ones can be joined', async () => {
  const words =
    'you are _ strict grader . read _ response _ evaluate about _ assess its quality according _ rubric';
  await ingest(
    [words, words.replace('rubric', 'rubric below'), words.split(' ').reverse().join(' ')].map(
      (value, i) => ({
        record: 'observation',
        account_id: 'abc'[i],
        kind: 'template',
        value,
        observed_at: '2026-09-02T00:00:00Z',
      }),
    ),
  );
  const { wordings, valueIds } = (await loadSnapshot('all')).snapshot;
  expect(Array.from(wordings!.value, (value) => valueIds[value])).not.toContain('');
  const alike = [0, 1, 2].flatMap((a) =>
    [0, 1, 2]
      .filter((b) => b > a)
      .map((b) => similarity(wordings!.sketches, a * SKETCH_BYTES, b * SKETCH_BYTES)),
  );
  expect(alike.filter((each) => each > 0.8)).toHaveLength(1);
  expect(alike.filter((each) => each < 0.2)).toHaveLength(2);
});

test('kinds that only give context are left out', async () => {
  expect((await loadSnapshot('all')).snapshot.kinds).not.toContain('asn');
});

test('bins are sorted and each comes once, over deltas of the same day', async () => {
  const { snapshot } = await loadSnapshot('all');
  const { offsets, bins } = snapshot.bins!;
  const of = (id: string) => {
    const at = snapshot.accountIds.indexOf(id);
    return [...bins.subarray(offsets[at], offsets[at + 1])].map((bin) => bin - 20_699 * 96);
  };
  expect(of('a')).toEqual([1, 32, 95, 96 + 32]);
  expect(of('b')).toEqual([32]);
  expect(of('c')).toEqual([]);
});
