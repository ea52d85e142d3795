import { beforeAll, describe, expect, test } from 'vitest';
import { may } from '@/lib/access/rules';
import { type Person, ROLES } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { exportAudit } from './export-audit';
import type { ExportFormat } from './export-schema';
import { auditFilterSchema } from './filter-schema';
import { writeAudit } from './write-audit';

const person = (role: Person['role']): Person => ({
  kind: 'user',
  id: 1,
  name: 'Ina',
  email: 'ina@example.com',
  role,
});
const ENTRIES = 6_000;

async function whole(
  format: ExportFormat,
  query: Record<string, string> = {},
  role: Person['role'] = 'admin',
) {
  let text = '';
  for await (const chunk of exportAudit(person(role), auditFilterSchema.parse(query), format)) text += chunk;
  return text;
}
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  await database().$executeRaw`
    INSERT INTO audit_entry (actor, actor_name, verb, object_type, object_id, detail)
    SELECT 'system:worker', 'Worker', 'enforcement.apply', 'proposal', 'P-' || n % 7,
      jsonb_build_object('done', 20, 'accounts', (SELECT jsonb_agg(jsonb_build_object('id', 'acct_' || k)) FROM generate_series(1, 20) k))
    FROM generate_series(1, ${ENTRIES}::int) n`;
  await inTransaction((tx) =>
    writeAudit(tx, person('analyst'), {
      verb: 'cluster.confirm',
      object: { type: 'cluster', id: '12', label: '=1+1 "heron"' },
      reason: '@SUM(A1), from 203.0.113.9\nsecond line',
      before: { status: 'open' },
      after: { status: 'confirmed', prompt: 'Say it' },
    }),
  );
});

describe('an export', () => {
  test('holds every entry once, in order, as it was when it began', async () => {
    const rows = lines(await whole('ndjson', { order: 'oldest' }));
    const own = await database().auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(rows).toHaveLength(ENTRIES + 1);
    expect(rows.map((row) => row.id)).toEqual(
      rows.map((row) => row.id).toSorted((a, b) => Number(a) - Number(b)),
    );
    expect(rows.some((row) => row.id === Number(own.id))).toBe(false);
    expect(rows[0]?.detail).toMatchObject({ done: 20, accounts: expect.any(Array) });
  });

  test('is itself in the audit, with its filters', async () => {
    await whole('csv', { object: 'cluster:12', view: 'decisions' }, 'auditor');
    const own = await database().auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(own).toMatchObject({
      verb: 'data.export',
      objectId: 'audit',
      detail: { format: 'csv', filter: { view: 'decisions', object: 'cluster:12', order: 'newest' } },
    });
  });

  test('in NDJSON has all fields of the screen, under its filters', async () => {
    const [row, ...more] = lines(await whole('ndjson', { verb: 'cluster.*' }));
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      actor: 'user:1',
      actor_name: 'Ina',
      verb: 'cluster.confirm',
      what: 'Confirmed the cluster',
      object_type: 'cluster',
      object_id: 'CL-12',
      object_label: '=1+1 "heron"',
      outcome: 'done',
      reason: '@SUM(A1), from 203.0.113.9\nsecond line',
      before: { status: 'open' },
      after: { status: 'confirmed', prompt: 'Say it' },
      detail: null,
      index: null,
      leaf: null,
    });
  });

  test('in CSV begins with the mark that Excel needs, and nothing in it is a formula', async () => {
    const text = await whole('csv', { verb: 'cluster.*' });
    expect(text.startsWith('\uFEFFindex,id,at,actor,')).toBe(true);
    expect(text).toContain(`"'=1+1 ""heron""",done,"'@SUM(A1), from 203.0.113.9\nsecond line"`);
    expect(text).toContain('"{""status"":""open""}"');
    expect(text.endsWith('\r\n')).toBe(true);
    expect(await whole('csv', { q: 'nowhere' })).toMatch(/^\uFEFFindex,[^\n]*\r\n$/);
  });

  test('for an auditor holds no address and no prompt', async () => {
    const text = await whole('ndjson', { verb: 'cluster.*' }, 'auditor');
    expect(text).toContain('"reason":"@SUM(A1), from hidden\\nsecond line"');
    expect(text).not.toMatch(/203\.0\.113\.9|Say it/);
  });

  test('is made as it is read: a reader who stops after a chunk has had a batch of it', async () => {
    const chunks = exportAudit(person('admin'), auditFilterSchema.parse({}), 'ndjson');
    const first = await chunks.next();
    expect(lines(String(first.value)).length).toBeLessThan(ENTRIES / 2);
    await chunks.return(undefined);
  });

  test.each(ROLES)('may be asked for by a %s or is refused', async (role) => {
    const asked = whole('ndjson', { verb: 'cluster.*' }, role);
    if (may(person(role), 'audit.export')) await expect(asked).resolves.toContain('cluster.confirm');
    else await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  });
});
