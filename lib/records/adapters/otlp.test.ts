import { expect, test } from 'vitest';
import { otlpAdapter } from './otlp';
import { fixture, readAdapted } from './testing/read-adapted';

async function read(bytes: Uint8Array | string, pieceSize?: number) {
  const adapter = otlpAdapter();
  const adapted = await readAdapted(adapter, bytes, pieceSize);
  return { ...adapted, skipped: adapter.skipped, brokenDocument: adapter.brokenDocument };
}

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const span = (more: object, ...attributes: object[]) => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  startTimeUnixNano: '1788250462113000000',
  attributes: [attribute('gen_ai.request.model', 'atlas-3'), ...attributes],
  ...more,
});
const request = (...spans: object[]) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

test("reads today's names; who called comes from the server span above, never from the model's own server", async () => {
  const { records, rejects, skipped } = await read(fixture('otlp-current.json'));
  expect(records).toEqual([
    {
      record: 'exchange',
      exchange_id: '5b8efff798038103d269b633813fc60c-eee19b7ec3c1b175',
      account_id: 'acct_Alpha',
      occurred_at: '2026-09-01T08:14:22.113Z',
      model: 'atlas-3',
      access_path: 'aws.bedrock',
      ip: '203.0.113.7',
      user_agent: 'OpenAI/Python 1.82.0',
      session_id: 'conv_5j66',
      input_tokens: 812,
      output_tokens: 1433,
      tool_names: ['run_sql'],
      prompt: 'Explain your reasoning for task 17.',
      system_prompt: 'You are a careful tutor.',
    },
    {
      record: 'exchange',
      exchange_id: '6b8efff798038103d269b633813fc60c-aaa19b7ec3c1b175',
      account_id: 'ACCT_alpha',
      occurred_at: '2026-09-01T08:14:30.113Z',
      model: 'atlas-3',
      ip: '203.0.113.9',
      session_id: 's-1',
      input_tokens: 90,
      output_tokens: 20,
      prompt: 'Structured, not a string.',
    },
  ]);
  expect(rejects).toEqual([{ number: 1, reason: expect.stringContaining('"bbb19b7ec3c1b175": no account') }]);
  // The server span, the tool call and the SQL query.
  expect(skipped).toBe(3);
});

test('reads the names of earlier years, numbered attributes and span events, one request a line', async () => {
  const { records, rejects } = await read(fixture('otlp-older.ndjson'), 5);
  expect(rejects).toEqual([]);
  expect(records).toMatchObject([
    {
      account_id: 'acct_old',
      ip: '203.0.113.20',
      user_agent: 'python-requests/2.32',
      access_path: 'OpenAI',
      input_tokens: 40,
      output_tokens: 7,
      prompt: '{"essay": 3, "rubric": "strict"}',
      system_prompt: 'You grade essays.',
    },
    { account_id: 'acct_old', ip: '203.0.113.21', prompt: 'From an event.' },
    { account_id: 'acct_resource', prompt: 'A plain old prompt.' },
  ]);
});

test('ignores attributes that it does not know, and those that are malformed', async () => {
  const odd = [null, 7, { key: 3 }, { key: 'x' }, { key: 'y', value: { bytesValue: 'AAA=' } }];
  const { records, rejects } = await read(
    request(span({}, attribute('enduser.id', 'a'), ...(odd as object[]))),
  );
  expect(rejects).toEqual([]);
  expect(records[0]).toMatchObject({ account_id: 'a', model: 'atlas-3' });
});

test('judges spans one by one and names the span', async () => {
  const user = attribute('user.id', 'a');
  const { records, rejects } = await read(
    request(
      span({ spanId: 'good' }, user),
      span({ spanId: '' }, user),
      span({ spanId: 'early', startTimeUnixNano: '0' }, user),
      span({ spanId: 'never', startTimeUnixNano: undefined }, user),
      span({ spanId: '\u202Elive' }),
    ),
  );
  expect(records).toHaveLength(1);
  expect(rejects.map(({ reason }) => reason)).toEqual([
    'span "": traceId and spanId are needed to count it once',
    expect.stringContaining('occurred_at is 1970-01-01T00:00:00.000Z: outside'),
    'occurred_at: missing',
    expect.stringContaining('span "\\u202Elive": no account'),
  ]);
});

test('says of a document that is none what it is, and goes on with the next line', async () => {
  const text = `{"resourceLogs":[]}\n{"resourceSpans":[{"scopeSp\n${request(span({}, attribute('user.id', 'a')))}\n{}\n`;
  const { records, rejects, brokenDocument } = await read(text);
  expect(records).toHaveLength(1);
  expect(rejects).toEqual([
    { number: 1, reason: 'no resourceSpans: this is no OTLP trace export, it has "resourceLogs"' },
    { number: 2, reason: expect.stringContaining('not JSON') },
  ]);
  expect(brokenDocument).toBe(rejects[0]!.reason);
});

test('a printed document that is cut in the middle says so', async () => {
  const whole = fixture('otlp-current.json');
  const { records, rejects, cut } = await read(whole.subarray(0, whole.length / 2));
  expect(cut).toContain('in the middle of a value');
  expect(records).toEqual([]);
  expect(rejects).toEqual([{ number: 1, reason: 'the input ends in the middle: is the file cut off?' }]);
});

test('parents that point at each other end the search', async () => {
  const loop = [span({ spanId: 'a', parentSpanId: 'b' }), span({ spanId: 'b', parentSpanId: 'a' })];
  expect((await read(request(...loop))).rejects).toHaveLength(2);
});

test('an attribute nested ten thousand deep is no danger', async () => {
  const deep = `${'{"arrayValue":{"values":['.repeat(10_000)}{"stringValue":"x"}${']}}'.repeat(10_000)}`;
  const text = request(span({}, attribute('user.id', 'a'))).replace(
    '"attributes":[',
    `"attributes":[{"key":"gen_ai.input.messages","value":${deep}},`,
  );
  expect((await read(text)).records).toMatchObject([{ account_id: 'a' }]);
});
