import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { auditFilterSchema } from './filter-schema';
import { listAudit } from './list-audit';
import type { NewAuditEntry } from './schema';
import { insertProposal } from './testing/insert-proposal';
import { writeAudit } from './write-audit';

const reader: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'viewer' };
const ann: Person = { ...reader, id: 7, name: 'Ann', role: 'analyst' };
const worker: Actor = { kind: 'system', name: 'worker' };
const write = (actor: Actor, entry: NewAuditEntry) => inTransaction((tx) => writeAudit(tx, actor, entry));
const list = (query: Record<string, string>) => listAudit(reader, auditFilterSchema.parse(query));

describe('everything of', () => {
  let cluster = 0;
  let proposal = 0;
  beforeAll(async () => {
    ({ cluster, proposal } = await insertProposal(['all_1', 'all_2']));
    await write(ann, { verb: 'cluster.confirm', object: { type: 'cluster', id: String(cluster) } });
    await write(ann, { verb: 'proposal.create', object: { type: 'proposal', id: String(proposal) } });
    const apply = (id: string): NewAuditEntry => ({
      verb: 'enforcement.apply',
      object: { type: 'proposal', id: String(proposal) },
      detail: { stage: 0, done: 1, accounts: [{ id, state: 'done' }] },
    });
    await write(worker, apply('all_1'));
    await write(worker, apply('all_2'));
    await write(worker, { verb: 'enforcement.finish', object: { type: 'proposal', id: String(proposal) } });
  });
  const about = async (of: string) =>
    (await list({ about: of, order: 'oldest' })).rows.map((row) => `${row.verb} ${row.fold?.entries ?? 1}`);

  test('a cluster: its own entries and its proposals’, in order', async () => {
    expect(await about(`cluster:CL-${cluster}`)).toEqual([
      'cluster.confirm 1',
      'proposal.create 1',
      'enforcement.apply 2',
      'enforcement.finish 1',
    ]);
  });

  test('an account: its proposals, and of their batches only those that name it', async () => {
    expect(await about('account:all_1')).toEqual([
      'proposal.create 1',
      'enforcement.apply 1',
      'enforcement.finish 1',
    ]);
  });

  test('a proposal, and what nobody has', async () => {
    expect(await about(`proposal:P-${proposal}`)).toHaveLength(3);
    expect(await about('cluster:CL-99999999999')).toEqual([]);
    expect(await about('account:\0')).toEqual([]);
    expect(await about('nothing')).toEqual([]);
  });
});
