/** Prompts never reach disk: what is looked through is the whole state folder, Postgres' own files included. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runDetection } from '@/lib/clusters/run-detection';
import { closeDatabase, database } from '@/lib/database/client';
import { type OpenState, openState } from '@/lib/database/open-state';
import { ownerPool, pool } from '@/lib/database/pool';
import { ingest } from './ingest';

const CLI = { kind: 'cli', name: 'root' } as const;
const INPUT = mkdtempSync(path.join(tmpdir(), 'weir-prompts-in-'));
const STATE = mkdtempSync(path.join(tmpdir(), 'weir-prompts-'));
const before = { url: process.env.DATABASE_URL, state: process.env.WEIR_STATE };
const AT = '2026-09-01T08:14:22Z';

let state: OpenState;
let made = 0;
/** A word that occurs in one prompt and nowhere else. */
const marker = () => `zqprompt${String(++made).padStart(3, '0')}zq`;
/** A template as people write them, around a marker: its skeleton is kept, the marker is not. Fewer accounts send it
 * than an exemplar takes. */
const prompt = () =>
  `You are an expert analyst. Explain step by step, in detail, why ${marker()} matters, then give the complete reasoning behind your final answer as a numbered list.`;

/** Writes an input file outside the state folder and takes it in as `weir ingest` does. */
async function take(name: string, text: string, ...options: string[]): Promise<void> {
  const file = path.join(INPUT, name);
  writeFileSync(file, text);
  const rejects = path.join(STATE, `rejects-${name}`);
  await ingest([...options, '--rejects', rejects, file]).catch((error: unknown) =>
    refusals.push(String(error)),
  );
}
const refusals: string[] = [];

const ndjson = (records: unknown[]) => records.map((record) => JSON.stringify(record)).join('\n');
const exchange = (more: object) => ({
  record: 'exchange',
  exchange_id: `ex_${++made}`,
  account_id: `acct_${made % 3}`,
  occurred_at: AT,
  ...more,
});

beforeAll(async () => {
  chmodSync(STATE, 0o711);
  delete process.env.DATABASE_URL;
  process.env.WEIR_STATE = STATE;
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await closeDatabase();
  state = await openState();
  process.env.DATABASE_URL = state.url;
});

afterAll(async () => {
  vi.restoreAllMocks();
  await closeDatabase();
  await state.close();
  process.env.DATABASE_URL = before.url;
  process.env.WEIR_STATE = before.state;
  for (const folder of [INPUT, STATE]) rmSync(folder, { recursive: true, force: true });
});

/** Files of the state folder that hold a text as it is, by text. */
function filesWith(...texts: string[]): string[][] {
  const found: string[][] = texts.map(() => []);
  for (const entry of readdirSync(STATE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    texts.forEach((text, n) => {
      if (bytes.includes(text)) found[n]!.push(path.relative(STATE, file));
    });
  }
  return found;
}

async function columnsWith(text: string): Promise<string[]> {
  const { rows } = await pool().query<{ table: string; column: string }>(
    `SELECT c.oid::regclass::text AS table, quote_ident(a.attname) AS column FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
       AND n.nspname IN ('public', 'graphile_worker')`,
  );
  const found = [];
  for (const { table, column } of rows) {
    const { rowCount } = await pool().query(`SELECT FROM ${table} WHERE ${column}::text LIKE $1 LIMIT 1`, [
      `%${text}%`,
    ]);
    if (rowCount) found.push(`${table}.${column}`);
  }
  return found;
}

it('no prompt of any format, taken or rejected, stands in a column, a file of Postgres, a log or the rejects', async () => {
  await take(
    'records.ndjson',
    [
      ndjson([
        exchange({ prompt: prompt(), system_prompt: prompt() }),
        exchange({
          prompt: `${marker()} ${'x'.repeat(60_000)}`,
          tool_names: [marker()],
          labels: [`text ${marker()}`],
        }),
        exchange({
          prompt: `короткий ${marker()}`,
          unknown_key: marker(),
          messages: [{ content: marker() }],
        }),
        // Not taken, each for another reason, with the prompt near what is wrong.
        exchange({ prompt: marker(), occurred_at: 'yesterday' }),
        exchange({ prompt: `${marker()}\u0000` }),
        exchange({ prompt: 'x'.repeat(70_000) + marker() }),
        exchange({ prompt: [marker()] }),
        exchange({ prompt: marker(), ip: `not an address but ${marker()}` }),
        exchange({ prompt: marker(), exchange_id: '' }),
        { record: prompt() },
        { ...exchange({}), record: marker() },
        [marker()],
      ]),
      `{"record":"exchange","prompt":"${marker()}`,
      `{"record":"exchange","prompt":"an unescaped " quote ${marker()}"}`,
      marker(),
    ].join('\n'),
  );
  const row = { api_key: 'k', startTime: AT, endTime: AT, model: 'atlas-3', user: 'u-ada' };
  await take(
    'spend.ndjson',
    ndjson([
      {
        ...row,
        request_id: 'r1',
        messages: [{ role: 'user', content: prompt() }],
        response: { choices: [{ message: { content: marker() } }] },
      },
      {
        ...row,
        request_id: 'r2',
        messages: { role: 'user', content: [{ type: 'text', text: marker() }] },
        proxy_server_request: { body: marker() },
      },
      { ...row, request_id: 'r3', messages: marker(), metadata: { spend_logs_metadata: { note: marker() } } },
      { ...row, request_id: 'r4', messages: [{ role: 'system', content: prompt() }], startTime: marker() },
    ]),
    '--format',
    'litellm',
  );
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const messages = () => JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: prompt() }] }]);
  const span = (spanId: string, ...attributes: object[]) => ({
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId,
    name: `chat ${marker()}`,
    startTimeUnixNano: '1788250462000000000',
    endTimeUnixNano: '1788250463100000000',
    attributes: [
      attribute('gen_ai.request.model', 'atlas-3'),
      attribute('enduser.id', 'u-otlp'),
      ...attributes,
    ],
    events: [{ name: 'gen_ai.user.message', attributes: [attribute('content', marker())] }],
  });
  const spans = [
    span(
      'eee19b7ec3c1b174',
      attribute('gen_ai.input.messages', messages()),
      attribute('gen_ai.output.messages', messages()),
      attribute('gen_ai.system_instructions', JSON.stringify([{ type: 'text', content: prompt() }])),
    ),
    span(
      'eee19b7ec3c1b175',
      attribute('gen_ai.prompt', prompt()),
      attribute('gen_ai.prompt.0.content', marker()),
    ),
    span('eee19b7ec3c1b176', attribute('gen_ai.input.messages', `not JSON ${marker()}`)),
    {
      ...span('eee19b7ec3c1b177', attribute('gen_ai.input.messages', messages())),
      startTimeUnixNano: marker(),
    },
  ];
  await take(
    'spans.json',
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    '--format',
    'otlp',
  );
  const mapping = path.join(INPUT, 'mapping.json');
  writeFileSync(
    mapping,
    JSON.stringify({
      record: 'exchange',
      fields: { exchange_id: 'id', account_id: 'who', occurred_at: 'at', prompt: 'question' },
    }),
  );
  const mapped = ['--format', 'mapped', '--mapping', mapping];
  // A stray comma moves the prompt into other columns.
  await take(
    'log.csv',
    `id,who,at,question\n1,a,${AT},"${prompt()}"\n2,b,${marker()},${AT},\n3,c,${AT},"${marker()}`,
    ...mapped,
  );
  await take('headless.csv', `1,a,${AT},"${prompt()}"\n2,${marker()}\n`, ...mapped);
  // Ten accounts with one template: some of these prompts are kept, redacted.
  const secrets = () =>
    `write to ${marker()}@example.org with the key sk-${marker()}ABCDEFGH1234 or call +44 20 7946 0958`;
  const shared = Array.from({ length: 10 }, (_, n) =>
    exchange({
      account_id: `many_${n}`,
      prompt: `Rate each answer against the following rubric, give a score from 1 to 10, explain your judgement, ${secrets()}`,
    }),
  );
  await take('shared.ndjson', ndjson(shared));
  await runDetection(CLI);

  const exemplars = await database().exemplar.findMany();
  expect(exemplars).toHaveLength(3);
  for (const { text } of exemplars)
    expect(text).toContain('write to [e-mail] with the key [key] or call [phone]');
  expect(await database().ingestReject.count()).toBeGreaterThan(10);
  expect(readFileSync(path.join(STATE, 'rejects-records.ndjson'), 'utf8')).not.toBe('');
  await pool().query(
    `INSERT INTO app_user (email, name, role, password_hash) VALUES ('a@b.c', 'zqcontrolzq', 'viewer', '')`,
  );
  await ownerPool().query('CHECKPOINT');

  expect(await columnsWith('zqcontrolzq')).toEqual(['app_user.name']);
  const [control, prompts] = filesWith('zqcontrolzq', 'zqprompt');
  expect(control).toEqual(
    expect.arrayContaining([expect.stringContaining('pg_wal'), expect.stringMatching(/base.\d+.\d+$/)]),
  );
  expect(await columnsWith('zqprompt')).toEqual([]);
  expect(prompts).toEqual([]);
}, 60_000);
