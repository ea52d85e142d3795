import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkRecord } from '../parse-record';
import { litellmAdapter } from './litellm';
import { fixture, NOW, readAdapted } from './testing/read-adapted';

const FILES = ['litellm-spend-logs.json', 'litellm-spend-logs.ndjson', 'litellm-spend-logs.csv'];
const read = (bytes: Uint8Array | string, pieceSize?: number) =>
  readAdapted(litellmAdapter(), bytes, pieceSize);
const row = (more: object) => ({
  request_id: 'r-1',
  api_key: 'hash-1',
  startTime: '2026-09-01T08:00:00Z',
  ...more,
});

describe.each(FILES)('%s', (name) => {
  test('gives the same exchanges, whatever it was exported as and however the bytes are cut', async () => {
    const { records, rejects } = await read(fixture(name));
    expect(rejects).toEqual([]);
    expect(records).toHaveLength(4);
    const [first, , third, bare] = records;
    expect(first).toMatchObject({
      record: 'exchange',
      exchange_id: 'chatcmpl-00000001-9b1d-4f5e-8a77-Aa1',
      account_id: expect.stringMatching(/^[0-9a-f]{64}$/),
      model: 'atlas-3',
      access_path: 'bedrock',
      ip: '203.0.113.7',
      user_agent: 'OpenAI/Python 1.82.0',
      session_id: '0f6b-1',
      input_tokens: 812,
      output_tokens: 1433,
      tool_names: ['run_sql'],
      prompt: `You are an expert tutor. Explain your reasoning step by step before you give the final answer.\nThen write "done", and do not add anything else: task 17.`,
      system_prompt: 'You are a careful tutor.',
      labels: ['organization:org-12', 'team:team-7', 'key_alias:team-key-1', 'jobID:214'],
    });
    expect(Date.parse(first!.occurred_at as string)).toBe(Date.UTC(2026, 8, 1, 8, 14, 22, 113));
    expect(third).toMatchObject({ ip: '2001:db8::9', tool_names: ['bash'], system_prompt: 'Be brief.' });
    expect(bare).not.toHaveProperty('prompt');
    expect(bare).not.toHaveProperty('ip');
    for (const size of [1, 7, 4096]) expect((await read(fixture(name), size)).records).toEqual(records);
    expect((await read(gzipSync(fixture(name)))).records).toEqual(records);
  });

  test('tells the user and the end user of a key once an hour, as valid observations', async () => {
    const { also } = await read(fixture(name));
    expect(also.map(({ kind, value, observed_at }) => [kind, value, observed_at])).toEqual([
      ['litellm_user', 'u-ada', '2026-09-01T08:00:00.000Z'],
      ['end_user', 'cust-1', '2026-09-01T08:00:00.000Z'],
      ['end_user', 'cust-2', '2026-09-01T08:00:00.000Z'],
      ['litellm_user', 'u-ada', '2026-09-01T09:00:00.000Z'],
    ]);
    expect(also.every((record) => checkRecord(record, NOW).ok)).toBe(true);
  });

  test('cut in the middle gives what is whole and says that the rest is missing', async () => {
    const whole = fixture(name);
    const { records, rejects, cut } = await read(whole.subarray(0, whole.length * 0.6));
    expect(cut).toContain('it was cut off, and what came whole before that was read');
    expect(records.length).toBeGreaterThan(0);
    expect(records.length).toBeLessThan(4);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]!.reason).toMatch(/cut off|not JSON|fields, but the header/);
  });
});

test('refuses a CSV without the columns it needs before any row, and names what it found', async () => {
  const csv = 'id,key,startTime\n1,2,3\n';
  await expect(read(csv)).rejects.toThrow(
    'the CSV has no column "request_id", "api_key"; it has "id", "key", "startTime". Export the whole table',
  );
});

test('takes the page that the log view of LiteLLM answers', async () => {
  const page = { data: [row({}), row({ request_id: 'r-2' }), 'rubbish'], total: 3, page: 1 };
  const { records, rejects } = await read(JSON.stringify(page));
  expect(records).toHaveLength(2);
  expect(rejects).toEqual([{ number: 3, reason: 'expected a JSON object, one a row' }]);
});

test('rejects rows one by one: no key, no time, a broken line', async () => {
  const lines = [row({}), row({ api_key: '' }), row({ startTime: 'yesterday' }), row({ prompt_tokens: 'x' })];
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"request_id": \n[1]\n`;
  const { records, rejects } = await read(text);
  expect(records).toHaveLength(1);
  expect(rejects).toEqual([
    { number: 2, reason: 'account_id: missing' },
    { number: 3, reason: 'occurred_at: not an RFC 3339 date-time: "yesterday"' },
    { number: 4, reason: 'input_tokens: expected integer, got string' },
    { number: 5, reason: expect.stringContaining('not JSON') },
    { number: 6, reason: 'expected a JSON object, one a row' },
  ]);
});

test('a client cannot keep its row out by what it sends: odd text is cut and cleaned', async () => {
  const hostile = row({
    request_id: 'x'.repeat(4000),
    session_id: 's'.repeat(500),
    request_tags: [`User-Agent: ${'a'.repeat(2000)}`],
    requester_ip_address: 'testclient',
    end_user: '\u202E<script>\0',
    messages: [{ role: 'user', content: `\0\uD800${'é'.repeat(70_000)}` }],
  });
  const { records, also, rejects } = await read(JSON.stringify([hostile]));
  expect(rejects).toEqual([]);
  expect(records[0]).toMatchObject({
    exchange_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    user_agent: 'a'.repeat(512),
    session_id: 's'.repeat(128),
  });
  expect((records[0]!.prompt as string).slice(0, 3)).toBe('\uFFFD\uFFFDé');
  expect(also).toMatchObject([{ kind: 'end_user', value: '\u202E<script>\uFFFD' }]);
});

test('keeps keys apart that differ only in case', async () => {
  const { records } = await read(JSON.stringify([row({ api_key: 'Key' }), row({ api_key: 'key' })]));
  expect(records.map((record) => record.account_id)).toEqual(['Key', 'key']);
});

test('does not take the marker of a redacted chat for a prompt that everybody shares', async () => {
  const messages = [{ role: 'user', content: 'redacted-by-litellm' }];
  expect((await read(JSON.stringify([row({ messages })]))).records[0]).not.toHaveProperty('prompt');
});
