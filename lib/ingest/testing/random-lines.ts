/** Lines as senders write them, good and bad, the same for the same seed: what two ways of reading must agree on. */
import { Random } from '@/lib/simulation/random';

/** Prompts with and without a template, in several scripts, and some made to be misread. */
export const PROMPTS = [
  'Please explain the reasoning behind your response step by step and then rate it, about quokkas.',
  'You are an expert data analyst. Deliver insights on wheat prices, with complete reasoning.',
  'Grade the answer against the rubric below and return one integer between 1 and 5: first, second, third.',
  'How do I get red wine out of a carpet?',
  'Пожалуйста, объясни ход мыслей',
  'Write a Python function that merges "two sorted lists".\n```py\nif you can: return answer\n```\nExplain each step.',
  'Translate “the text” below; then list the main points\tand don’t include any other information or example.',
  'naïve ｗｉｄｅ text',
  '',
];
const IDS = ['acct_1', 'acct_2', 'ACCT_1', 'acct 3', 'é', 'a"b', 'x'.repeat(128), 'x'.repeat(129), '', '\\'];
const TIMES = [
  '2026-08-01T00:00:00Z',
  '2026-08-01T23:59:59.999Z',
  '2026-02-29T00:00:00Z',
  '2024-02-29T12:30:00.5Z',
  '2026-08-01t10:00:00+02:00',
  '2026-08-01 10:00:00',
  '2014-12-31T23:59:59Z',
  '2100-01-01T00:00:00Z',
  '2026-08-01T24:00:00Z',
  1_754_000_000,
];
const ADDRESSES = [
  '10.0.0.1',
  '10.0.0.255',
  '1.2.3',
  '01.2.3.4',
  '256.1.1.1',
  '2001:db8::1',
  'fe80::1%eth0',
  '::ffff:1.2.3.4',
  '',
];
const COUNTS: unknown[] = [0, 1, 4_000_000_000, 9_007_199_254_740_991, -1, 1.5, '3', null, 1e21];

/** One line a record. */
export function* randomLines(seed: number, lines: number): Generator<string> {
  const random = new Random(seed, 'lines');
  for (let n = 0; n < lines; n++) {
    const line = random.chance(0.9) ? spaced(random, exchange(random, n)) : otherLine(random, n);
    yield random.chance(0.02) ? `${line}\r` : line;
  }
}

function exchange(random: Random, n: number): Record<string, unknown> {
  const one = <T>(values: readonly T[]) => values[random.int(values.length)]!;
  // Mostly good ones: a single wrong field of twenty rejects the whole.
  const mostly = <T>(good: () => T, values: readonly unknown[]) =>
    random.chance(0.99) ? good() : one(values);
  const fields: [string, () => unknown, number][] = [
    ['model', () => one(['atlas-3', 'atlas-2', 'modèle']), 0.8],
    ['access_path', () => one(['api', 'batch']), 0.6],
    ['ip', () => mostly(() => `10.${random.int(256)}.0.${random.int(256)}`, ADDRESSES), 0.8],
    ['asn', () => mostly(() => random.int(60_000), COUNTS), 0.5],
    ['user_agent', () => one(['client/1.0', 'client "2"', 'ｗｉｄｅ']), 0.5],
    ['client_fingerprint', () => `fp_${random.int(500)}`, 0.5],
    ['api_key_id', () => mostly(() => `key_${random.int(50)}`, IDS), 0.3],
    ['session_id', () => mostly(() => `s_${random.int(50)}`, IDS), 0.3],
    ['input_tokens', () => mostly(() => random.int(5_000), COUNTS), 0.8],
    ['output_tokens', () => mostly(() => random.int(5_000), COUNTS), 0.8],
    ['tool_names', () => one([[], ['bash'], ['search', 'Edit'], ['a"b'], [1], 'bash']), 0.06],
    ['labels', () => one([[], ['rubric-grading'], ['benign'], ['é']]), 0.06],
    ['prompt', () => `${one(PROMPTS)}${random.chance(0.3) ? ` ${random.int(1e6)}` : ''}`, 0.5],
    ['system_prompt', () => one(PROMPTS), 0.2],
    ['prompt_template', () => one(['t-1', 't-2', 'ü']), 0.05],
    ['extra', () => one([1, 'x', { a: [1] }, null]), 0.03],
  ];
  const record: Record<string, unknown> = {
    record: 'exchange',
    exchange_id: mostly(() => `ex_${n}`, IDS),
    account_id: mostly(() => `acct_${random.int(300)}`, IDS),
    occurred_at: mostly(() => new Date(Date.UTC(2026, 7, 1) + random.int(9e8)).toISOString(), TIMES),
  };
  for (const [name, value, share] of fields) if (random.chance(share)) record[name] = value();
  return record;
}

/** As other writers of JSON put it: with spaces, in another order, with a key that comes twice. */
function spaced(random: Random, record: Record<string, unknown>): string {
  const style = random.next();
  if (style < 0.8) return JSON.stringify(record);
  if (style < 0.9) {
    const parts = Object.entries(record).map(
      ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `{${parts.reverse().join(', ')}}`;
  }
  if (style < 0.95) return ` { "model" : "first" , ${JSON.stringify(record).slice(1)} `;
  return JSON.stringify(record).replaceAll('acct_1', '\\u0061cct_1').replace('e', '\\u0065');
}

function otherLine(random: Random, n: number): string {
  const account = `acct_${random.int(300)}`;
  const at = '2026-08-02T00:00:00Z';
  const lines: (string | object)[] = [
    '',
    '   ',
    '{',
    '[]',
    'null',
    '{"record":"exchange"}',
    '{"record":"exchange","exchange_id":"a","account_id":"b","occurred_at":"2026-08-01T00:00:00Z","asn":01}',
    '{"record":"exchange","exchange_id":"a","account_id":"b","occurred_at":"2026-08-01T00:00:00Z",}',
    '{"record":"exchange","exchange_id":"a","account_id":"b","occurred_at":"2026-08-01T00:00:00Z"} x',
    '{"record":"exchange","exchange_id":"a\tb","account_id":"b","occurred_at":"2026-08-01T00:00:00Z"}',
    '{"record":"exchange","exchange_id":"a","account_id":"b","occurred_at":"2026-08-01T00:00:00Z","prompt":"a\\ud800"}',
    '{"record":"exchange","exchange_id":"a","account_id":"b","occurred_at":"2026-08-01T00:00:00Z","prompt":"a\\u0000"}',
    '{"record":"wish"}',
    {
      record: 'account',
      account_id: account,
      created_at: at,
      payment_fingerprint: `pm_${n % 50}`,
      signup_ip: '10.1.1.1',
    },
    {
      record: 'observation',
      account_id: account,
      kind: 'referral_code',
      value: `R-${n % 20}`,
      observed_at: at,
      count: 2,
    },
    { record: 'model_release', model: `m-${n % 5}`, released_at: at },
    { record: 'appeal', appeal_id: `p_${n}`, account_id: account, received_at: at },
  ];
  const line = lines[random.int(lines.length)]!;
  return typeof line === 'string' ? line : JSON.stringify(line);
}
