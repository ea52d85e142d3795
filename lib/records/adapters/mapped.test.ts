import { describe, expect, test } from 'vitest';
import { mappedAdapter } from './mapped';
import { readMapping } from './mapping';
import { fixture, readAdapted } from './testing/read-adapted';

const mapping = (value: object) => readMapping(JSON.stringify(value));
const gateway = readMapping(fixture('gateway-log.mapping.json').toString());
const FIELDS = { exchange_id: 'id', account_id: 'user', occurred_at: 'at' };

test('maps a CSV by its header, with its own delimiter, times, lists and constants', async () => {
  const { records } = await readAdapted(mappedAdapter(gateway), fixture('gateway-log.csv'));
  expect(records).toEqual([
    {
      record: 'exchange',
      exchange_id: 'r-1',
      account_id: 'Kunde_7',
      occurred_at: '2026-09-01T08:15:22.000Z',
      ip: '203.0.113.7',
      user_agent: 'curl/8.7',
      model: 'atlas-3',
      access_path: 'gateway',
      input_tokens: 12,
      output_tokens: 40,
      labels: ['batch', 'night'],
      prompt: 'Why; and\nhow?',
    },
    {
      record: 'exchange',
      exchange_id: 'r-2',
      account_id: 'kunde_7',
      occurred_at: '2026-09-01T08:15:23.000Z',
      ip: '198.51.100.2',
      model: 'atlas-3',
      access_path: 'gateway',
    },
  ]);
});

test('rejects rows one by one with the line that each begins on', async () => {
  const { rejects } = await readAdapted(mappedAdapter(gateway), fixture('gateway-log.csv'));
  expect(rejects).toEqual([
    { number: 5, reason: 'account_id: missing' },
    { number: 6, reason: 'occurred_at: not an RFC 3339 date-time: "never"' },
    { number: 7, reason: 'ip: not an IPv4 or IPv6 address: "not an address"' },
    { number: 8, reason: 'input_tokens: expected integer, got string' },
    { number: 9, reason: '2 fields, but the header names 10' },
  ]);
});

test('a CSV with the wrong header is refused before any row goes in', async () => {
  const wrong = 'when,customer,reqid\n1,2,3\n';
  await expect(readAdapted(mappedAdapter(gateway), wrong)).rejects.toThrow(
    /has no column .*it has "when,customer,reqid"/,
  );
  const simple = mappedAdapter(mapping({ record: 'exchange', fields: FIELDS }));
  await expect(readAdapted(simple, 'id,User,at,at\n')).rejects.toThrow('the CSV has the column "at" twice');
  const utf16 = Buffer.from('\uFEFFid,user,at\n', 'utf16le');
  await expect(readAdapted(simple, utf16)).rejects.toThrow('the file is UTF-16: save it as UTF-8');
});

test('maps NDJSON by path, makes ids of cells, and reads chats and times', async () => {
  const adapter = mappedAdapter(
    mapping({
      record: 'exchange',
      fields: {
        exchange_id: { hash: ['user.id', 'ts'] },
        account_id: 'user.id',
        occurred_at: { column: 'ts', format: 'utc' },
        prompt: { column: 'messages', format: 'chat' },
        system_prompt: { column: 'messages', format: 'chat' },
        asn: 'as',
      },
    }),
  );
  const messages = [
    { role: 'system', content: 'Be strict.' },
    { role: 'user', content: 'Grade this.' },
  ];
  const line = JSON.stringify({ user: { id: 42 }, ts: '2026-09-01 08:00:00', messages, as: 'AS64500' });
  const { records, rejects } = await readAdapted(adapter, `${line}\n${line}\n{"ts":"2026-09-01 08:00:00"}`);
  expect(records[0]).toMatchObject({
    exchange_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    account_id: '42',
    occurred_at: '2026-09-01T08:00:00.000Z',
    prompt: 'Grade this.',
    system_prompt: 'Be strict.',
    asn: 64500,
  });
  expect(records[1]).toEqual(records[0]);
  expect(rejects).toEqual([{ number: 3, reason: 'account_id: missing' }]);
});

test('maps accounts and observations too', async () => {
  const accounts = mapping({
    record: 'account',
    fields: { account_id: 'id', created_at: { column: 'made', format: 'epoch_ms' }, enterprise: 'ent' },
  });
  const csv = 'id,made,ent\na,1788250522000,yes\n';
  expect((await readAdapted(mappedAdapter(accounts), csv)).records).toEqual([
    { record: 'account', account_id: 'a', created_at: '2026-09-01T08:15:22.000Z', enterprise: true },
  ]);
});

describe('a mapping file that is wrong names the key and what to do', () => {
  const cases: [string, object, string][] = [
    ['no record', { fields: {} }, 'record: expected one of account, exchange'],
    ['no fields', { record: 'exchange' }, 'fields: expected an object of field: column'],
    [
      'a field missing',
      { record: 'exchange', fields: { account_id: 'a', exchange_id: 'b' } },
      'fields.occurred_at is missing: say which column holds it',
    ],
    [
      'a field unknown',
      { record: 'exchange', fields: { ...FIELDS, acount: 'a' } },
      'fields."acount": no field of exchange; it has exchange_id, account_id',
    ],
    [
      'a format unknown',
      { record: 'exchange', fields: { ...FIELDS, occurred_at: { column: 'at', format: 'epoch' } } },
      "fields.occurred_at: expected a column's name",
    ],
    [
      'a format elsewhere',
      { record: 'exchange', fields: { ...FIELDS, model: { column: 'm', format: 'utc' } } },
      'fields.model.format: utc is for times: occurred_at',
    ],
    [
      'an unknown key',
      { record: 'exchange', fields: FIELDS, feilds: {} },
      'unknown key "feilds"; it has record, fields and delimiter',
    ],
    [
      'a delimiter of two',
      { record: 'exchange', fields: FIELDS, delimiter: '||' },
      'delimiter: expected one ASCII character',
    ],
  ];
  test.each(cases)('%s', (_, value, words) => {
    expect(() => mapping(value)).toThrow(words);
  });

  test('not even JSON', () => {
    expect(() => readMapping('{"record":')).toThrow('The mapping file: is not JSON');
  });
});
