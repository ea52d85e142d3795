import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { forgetPersonalData } from './forget-personal-data';
import { getConsistencyProof } from './get-consistency-proof';
import { getInclusionProof } from './get-inclusion-proof';
import { getVerification } from './get-verification';
import { noteRead } from './note-read';
import { readLeaf } from './read-leaf';
import { bringLogUpToDate } from './run-sequencer';
import { writeAudit } from './write-audit';

const worker: Actor = { kind: 'system', name: 'worker' };
const ann: Person = { kind: 'user', id: 7, name: 'Ann', email: 'ann@example.com', role: 'analyst' };
const lastId = async () =>
  Number((await database().auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })).id);
const leafOf = async (id: number) => (await readLeaf(pool(), id))?.leaf;
const forget = (...values: string[]) => inTransaction((tx) => forgetPersonalData(tx, values));

describe('personal data', () => {
  let batch: number;
  let ban: number;
  beforeAll(async () => {
    await inTransaction((tx) =>
      writeAudit(tx, worker, {
        verb: 'enforcement.apply',
        object: { type: 'proposal', id: '3' },
        detail: {
          done: 3,
          accounts: [
            { id: 'acct_1', state: 'done', outcome: 'first try' },
            { id: 'acct_12', state: 'done', outcome: 'first try' },
            { id: 'acct_2', state: 'dead', outcome: 'no such key: acct_2' },
          ],
        },
      }),
    );
    batch = await lastId();
    await inTransaction((tx) =>
      writeAudit(tx, ann, {
        verb: 'proposal.create',
        object: { type: 'account', id: 'acct_1', label: 'Zoë "Z" O\u2019Neill' },
        reason: 'Zoë "Z" O\u2019Neill runs acct_1 and others',
        after: { status: 'waiting' },
      }),
    );
    ban = await lastId();
    await bringLogUpToDate();
  });

  it('is not in the leaf, but can be opened by who is given salt and value', async () => {
    const leaf = (await leafOf(ban))!;
    // A commitment may spell anything.
    expect(leaf.text.replaceAll(/sha256:[\w-]{43}/g, '')).not.toMatch(/acct_1|Zo|Ann|runs/);
    expect(leaf.text).toContain('"verb":"proposal.create"');
    expect(leaf.text).toContain('"after":{"status":"waiting"}');
    expect(Object.keys(leaf.open).sort()).toEqual(['/actor_name', '/object/id', '/object/label', '/reason']);
    const salts = Object.values((await leafOf(batch))!.open).map(([salt]) => salt);
    expect(new Set(salts).size).toBe(salts.length);
    expect(salts.every((salt) => salt.length === 22)).toBe(true);
  });

  it('of one account goes wherever it stands, others stay, and every proof is the same as before', async () => {
    const before = await Promise.all([batch, ban].map((id) => getInclusionProof(ann, id)));
    expect(await forget('acct_1', 'Zoë "Z" O\u2019Neill', ' ')).toEqual({ entries: 2, values: 4 });
    const after = await Promise.all([batch, ban].map((id) => getInclusionProof(ann, id)));
    expect(after.map((proof) => [proof?.leaf, proof?.hash, proof?.path, proof?.checkpoint])).toEqual(
      before.map((proof) => [proof?.leaf, proof?.hash, proof?.path, proof?.checkpoint]),
    );
    expect(after[1]?.open).toEqual({ '/actor_name': before[1]?.open['/actor_name'] });
    const entry = await database().auditEntry.findUniqueOrThrow({ where: { id: batch } });
    expect(entry.detail).toEqual({
      done: 3,
      accounts: [
        { id: '[erased]', state: 'done', outcome: 'first try' },
        { id: 'acct_12', state: 'done', outcome: 'first try' },
        { id: 'acct_2', state: 'dead', outcome: 'no such key: acct_2' },
      ],
    });
    expect(await database().auditEntry.findUnique({ where: { id: ban } })).toMatchObject({
      actorName: 'Ann',
      objectId: '[erased]',
      objectLabel: '[erased]',
      reason: '[erased]',
      after: { status: 'waiting' },
    });
    expect(await getVerification(ann)).toMatchObject({ erasedEntries: 2 });
  });

  it('leaves nothing behind from which it could be guessed', async () => {
    const { rows } = await pool().query('SELECT seed, salts, erased FROM audit_salt WHERE entry_id = $1', [
      ban,
    ]);
    expect(rows[0].seed).toBeNull();
    expect(Object.keys(rows[0].salts)).toEqual(['/actor_name']);
    expect(Object.keys(rows[0].erased).sort()).toEqual(['/object/id', '/object/label', '/reason']);
  });

  it('can be erased once more of the same entry, and once is enough', async () => {
    expect(await forget('acct_1')).toEqual({ entries: 0, values: 0 });
    const before = await leafOf(batch);
    expect(await forget('acct_2')).toEqual({ entries: 1, values: 2 });
    expect((await leafOf(batch))?.text).toBe(before?.text);
  });

  it('that has no place in the log yet is erased before it gets one', async () => {
    await inTransaction((tx) =>
      writeAudit(tx, ann, { verb: 'cluster.comment', object: { type: 'account', id: 'acct_9' } }),
    );
    const id = await lastId();
    expect(await forget('acct_9')).toEqual({ entries: 1, values: 1 });
    await bringLogUpToDate();
    expect((await leafOf(id))?.open['/object/id']?.[1]).toBe('[erased]');
  });

  it('is all that anybody can take away: the triggers hold the owner to it', async () => {
    const update = (set: string) => ownerPool().query(`UPDATE audit_entry SET ${set} WHERE id = ${batch}`);
    for (const set of [
      "verb = '[erased]'",
      "reason = 'x'",
      `detail = '{"done": 3}'`,
      `detail = jsonb_set(detail, '{done}', '"[erased]"')`,
      `detail = jsonb_set(detail, '{accounts,0,id}', '"acct_7"')`,
      `detail = detail #- '{accounts,0}'`,
      'detail = NULL',
      'xid = 1',
    ]) {
      await expect(update(set), set).rejects.toThrow('never changed or removed (UPDATE refused)');
    }
    for (const sql of [
      'DELETE FROM audit_salt',
      'TRUNCATE audit_salt',
      `UPDATE audit_salt SET seed = sha256('x'), salts = NULL, erased = NULL`,
      "UPDATE audit_leaf SET hash = sha256('x')",
      'TRUNCATE audit_leaf, audit_node, audit_checkpoint, audit_log',
      "UPDATE audit_checkpoint SET note = 'x'",
      'DELETE FROM audit_checkpoint',
    ]) {
      await expect(ownerPool().query(sql), sql).rejects.toThrow('refused)');
    }
  });
});

describe('proofs', () => {
  it('exist once a checkpoint covers the entry, and between checkpoints', async () => {
    await inTransaction((tx) =>
      writeAudit(tx, ann, { verb: 'cluster.claim', object: { type: 'cluster', id: '5' } }),
    );
    expect(await getInclusionProof(ann, await lastId())).toBeNull();
    await bringLogUpToDate();
    const proof = await getInclusionProof(ann, await lastId());
    expect(proof).toMatchObject({ checkpoint: expect.stringContaining('\n\u2014 weir/') });
    expect(await getInclusionProof(ann, 999_999)).toBeNull();
    expect(await getConsistencyProof(ann, 2)).toMatchObject({ newer: proof?.checkpoint });
    expect(await getConsistencyProof(ann, 1)).toBeNull();
  });

  it('open to an auditor all but names, addresses and prompts', async () => {
    await inTransaction((tx) =>
      writeAudit(tx, ann, {
        verb: 'data.export',
        object: { type: 'export', id: 'accounts', label: 'Accounts' },
        reason: 'Asked for by 203.0.113.7',
        detail: { display_name: 'Zoë', accounts: ['acct_77'] },
      }),
    );
    await bringLogUpToDate();
    const all = await getInclusionProof(ann, await lastId());
    expect(Object.keys(all?.open ?? {}).sort()).toEqual([
      '/actor_name',
      '/detail/accounts/0',
      '/detail/display_name',
      '/object/label',
      '/reason',
    ]);
    const some = await getInclusionProof({ ...ann, role: 'auditor' }, await lastId());
    expect(Object.keys(some?.open ?? {}).sort()).toEqual([
      '/actor_name',
      '/detail/accounts/0',
      '/object/label',
    ]);
    expect(some?.leaf).toBe(all?.leaf);
  });
});

describe('a read of sensitive data', () => {
  const reads = () =>
    database().auditEntry.count({ where: { verb: 'data.read', objectId: 'CL-77', actor: 'user:7' } });
  const cluster = { type: 'cluster', id: '77' } as const;

  it('is written once an hour, however often a screen asks and from however many processes', async () => {
    const at = new Date();
    await Promise.all(Array.from({ length: 20 }, () => noteRead(ann, cluster, at)));
    expect(await reads()).toBe(1);
    (globalThis as { weirReads?: unknown }).weirReads = undefined;
    await noteRead(ann, cluster, at);
    expect(await reads()).toBe(1);
    await noteRead(ann, cluster, new Date(at.getTime() + 3_600_000));
    expect(await reads()).toBe(2);
  });

  it('is none when nothing sensitive was shown', async () => {
    await noteRead({ ...ann, id: 8, role: 'auditor' }, cluster);
    await noteRead(worker, cluster);
    expect(
      await database().auditEntry.count({ where: { verb: 'data.read', actor: { not: 'user:7' } } }),
    ).toBe(0);
  });
});
