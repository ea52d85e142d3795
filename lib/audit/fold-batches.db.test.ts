import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { auditFilterSchema } from './filter-schema';
import { getAuditEntry } from './get-audit-entry';
import { listAudit, listFold } from './list-audit';
import type { NewAuditEntry } from './schema';
import { writeAudit } from './write-audit';

const reader: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'viewer' };
const worker: Actor = { kind: 'system', name: 'worker' };
const write = (actor: Actor, entry: NewAuditEntry) => inTransaction((tx) => writeAudit(tx, actor, entry));
const list = (query: Record<string, string>) => listAudit(reader, auditFilterSchema.parse(query));

describe('an execution in the list', () => {
  const proposal = { type: 'proposal', id: 'P-77', label: 'Copper heron' } as const;
  const batch = (stage: number, done: number): NewAuditEntry => ({
    verb: 'enforcement.apply',
    object: proposal,
    detail: {
      action: 'ban',
      stage,
      done,
      dead: 0,
      accounts: Array.from({ length: 50 }, (_, n) => ({ id: `held_${stage}_${n}`, state: 'done' })),
    },
  });
  const step = (verb: 'enforcement.start' | 'enforcement.pause' | 'enforcement.resume') =>
    write(worker, { verb, object: proposal });
  const rows = async (query: Record<string, string> = {}) =>
    (await list({ object: 'proposal:P-77', ...query })).rows;

  beforeAll(async () => {
    await step('enforcement.start');
    for (const [stage, done] of [
      [0, 1],
      [1, 10],
    ] as const)
      await write(worker, batch(stage, done));
    // Another proposal's batch between two of this one does not part them.
    await write(worker, { ...batch(0, 9), object: { type: 'proposal', id: 'P-78' } });
    await write(worker, batch(1, 20));
    await step('enforcement.pause');
    await step('enforcement.resume');
    await write(worker, batch(2, 50));
  });

  test('has one line for its batches from one start to the next stop', async () => {
    const found = await rows();
    expect(found.map((row) => [row.verb, row.fold?.entries ?? null])).toEqual([
      ['enforcement.apply', null],
      ['enforcement.resume', null],
      ['enforcement.pause', null],
      ['enforcement.apply', 3],
      ['enforcement.start', null],
    ]);
    const fold = found[3]?.fold;
    expect(fold).toMatchObject({ stages: [0, 1], done: 31, dead: 0, skipped: 0 });
    expect(fold?.firstId).toBeLessThan(found[3]?.id ?? 0);
  });

  test('reads the same from its beginning', async () => {
    const forward = (await rows({ order: 'oldest' })).map((row) => row.id);
    expect(forward).toEqual((await rows()).map((row) => row.id).toReversed());
  });

  test('opens to the batches that the line stands for, and no others', async () => {
    const line = (await rows())[3];
    const filter = auditFilterSchema.parse({ object: 'proposal:P-77' });
    const batches = (await listFold(reader, filter, line?.id ?? 0)).rows;
    expect(batches.map((row) => row.detail?.done)).toEqual([20, 10, 1]);
    expect(batches.every((row) => row.objectId === 'P-77')).toBe(true);
    expect((await listFold(reader, filter, 999_999)).rows).toEqual([]);
  });

  test('folds what the filter leaves of it, though its newest batch is not in it', async () => {
    const all = await listFold(reader, auditFilterSchema.parse({}), (await rows())[3]?.id ?? 0);
    await database().$executeRaw`
      INSERT INTO audit_entry (at, actor, actor_name, verb, object_type, object_id, detail)
      SELECT '2026-03-05T10:00:00Z'::timestamptz + n * interval '1 hour', 'system:worker', 'Worker',
        'enforcement.apply', 'proposal', 'P-79', jsonb_build_object('stage', n, 'done', 'many')
      FROM generate_series(0, 3) n`;
    const [line, ...more] = await rows({ object: 'proposal:P-79', to: '2026-03-05T11:00' });
    expect(more).toEqual([]);
    expect(line?.fold).toMatchObject({ entries: 2, stages: [0, 1], done: 0 });
    expect(all.rows).toHaveLength(3);
  });

  test('leaves long lists to the entry itself', async () => {
    const [line] = await rows();
    expect(line).toMatchObject({ shortened: true, detail: { done: 50 } });
    expect(line?.detail).not.toHaveProperty('accounts');
    const whole = await getAuditEntry(reader, line?.id ?? 0);
    expect(whole.detail?.accounts).toHaveLength(50);
    await expect(getAuditEntry(reader, 999_999)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getAuditEntry(reader, 2 ** 60)).rejects.toMatchObject({ code: 'not_found' });
  });
});
