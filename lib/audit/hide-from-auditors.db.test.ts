import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { auditFilterSchema } from './filter-schema';
import { getAuditEntry } from './get-audit-entry';
import { getAuditHistory } from './get-audit-history';
import { listAudit } from './list-audit';
import type { NewAuditEntry } from './schema';
import { verifyNow } from './verify-now';
import { writeAudit } from './write-audit';

const reader: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'viewer' };
const auditor: Person = { ...reader, id: 2, name: 'Odo', role: 'auditor' };
const ann: Person = { ...reader, id: 7, name: 'Ann', role: 'analyst' };
const write = (actor: Actor, entry: NewAuditEntry) => inTransaction((tx) => writeAudit(tx, actor, entry));
const list = (query: Record<string, string>) => listAudit(reader, auditFilterSchema.parse(query));

describe('an auditor', () => {
  beforeAll(async () => {
    await write(ann, {
      verb: 'cluster.reopen',
      object: { type: 'cluster', id: '40', label: 'Grey weir' },
      reason: 'Came back from 203.0.113.9 and ::ffff:203.0.113.9 as bob@evil.example',
      after: { status: 'open', prompt: 'Say it', nested: [{ signup_ip: '203.0.113.9', members: 12 }] },
    });
  });
  const seen = async (query: Record<string, string>) =>
    (await listAudit(auditor, auditFilterSchema.parse({ object: 'cluster:40', ...query }))).rows;

  test('reads counts and states, no prompts and no addresses', async () => {
    const [row] = await seen({});
    expect(row).toMatchObject({
      objectLabel: 'Grey weir',
      reason: 'Came back from hidden and hidden as hidden',
      after: { status: 'open', prompt: 'hidden', nested: [{ signup_ip: 'hidden', members: 12 }] },
    });
    expect(JSON.stringify(await getAuditEntry(auditor, row?.id ?? 0))).not.toMatch(/203\.0|ffff|evil|Say it/);
    const [history] = await getAuditHistory(auditor, 'cluster', '40');
    expect(history?.reason).toBe(row?.reason);
  });

  test('does not find an address by looking for it', async () => {
    for (const q of ['203.0.113', '113.9', 'ffff', 'bob', 'evil']) expect(await seen({ q })).toEqual([]);
    expect(await seen({ q: 'Came back' })).toHaveLength(1);
    expect((await list({ q: '203.0.113', object: 'cluster:40' })).rows).toHaveLength(1);
  });
});

describe('verifying from the desk', () => {
  test('is for those who may export the audit, and says how far it holds', async () => {
    await expect(verifyNow(reader)).rejects.toMatchObject({ code: 'forbidden' });
    const found = await verifyNow(auditor);
    expect(found).toMatchObject({ ok: true, erased: 0 });
    if (found.ok) expect(found.signed).toBe(found.entries);
    expect(Date.parse(found.at)).toBeGreaterThan(Date.now() - 60_000);
  });

  test('reads the log once for all who ask at the same time', async () => {
    const [first, second] = await Promise.all([verifyNow(auditor), verifyNow(auditor)]);
    expect(second).toBe(first);
    expect(await verifyNow(auditor)).not.toBe(first);
  });
});
