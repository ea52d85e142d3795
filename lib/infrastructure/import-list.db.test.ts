import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { endList } from './end-list';
import { importList } from './import-list';
import { listLists } from './list-lists';
import { matchListed } from './match-listed';
import { settleHeld } from './settle-held';

let admin: Person;
beforeAll(async () => {
  admin = await insertUser('admin');
  await pool().query(`INSERT INTO indicator (id, kind, value) VALUES
    (1, 'ip', '203.0.113.7'), (2, 'prefix', '203.0.113.0/24'), (3, 'ip', '198.51.100.9'),
    (4, 'prefix', '198.51.100.0/24'), (5, 'client_fingerprint', 'ja4_sdk'), (6, 'payment', 'card_1'),
    (7, 'ip', '2001:db8::7'), (8, 'device', '203.0.113.7'), (9, 'ip', '11.1.1.1'), (10, 'ip', 'not an address')`);
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const list = (name: string, text: string, type = 'vpn') => ({
  name,
  type,
  source: 'their page',
  until: inDays(30),
  text,
});
const listed = async (at = new Date()) =>
  Object.fromEntries([...(await matchListed(at))].sort(([a], [b]) => Number(a) - Number(b)));

describe('a list of known infrastructure', () => {
  it('takes what it can, names bad lines, and holds what is over-wide or identifies accounts', async () => {
    const report = await importList(
      admin,
      list(
        'exits',
        '203.0.113.0/24\nrubbish\n11.0.0.0/8\n2001:db8::/32\nclient_fingerprint,ja4_sdk\npayment,card_1\n',
      ),
    );
    expect(report).toMatchObject({ taken: 3, held: { wide: 1, identity: 1, overlap: 0 }, badLines: 1 });
    expect(report.bad).toEqual([{ line: 2, reason: expect.any(String) }]);
    expect(await listed()).toEqual({ 1: 'exits', 2: 'exits', 5: 'exits', 7: 'exits' });
    const [entry] = await database().auditEntry.findMany({ where: { verb: 'list.import' } });
    expect(entry).toMatchObject({ actorName: admin.name, objectLabel: 'exits', after: { taken: 3 } });
  });

  it('lets held entries count, or takes them out, by a person with a reason, once', async () => {
    const [row] = await listLists(admin);
    const settle = { listId: row!.id, reason: 'the whole block is theirs' };
    expect(row!.held.wide).toEqual({ count: 1, examples: [{ line: 3, kind: 'cidr', value: '11.0.0.0/8' }] });
    const analyst = await insertUser('analyst');
    await expect(settleHeld(analyst, { ...settle, held: 'wide', take: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await settleHeld(admin, { ...settle, held: 'wide', take: true });
    await settleHeld(admin, { ...settle, held: 'identity', take: false });
    await expect(settleHeld(admin, { ...settle, held: 'wide', take: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await listed()).toMatchObject({ 9: 'exits' });
    expect((await listLists(admin))[0]).toMatchObject({ entries: 4, held: {} });
    expect((await listLists(await insertUser('auditor')))[0]).toMatchObject({ entries: 4 });
  });

  it('holds what lies inside another list’s networks or around them', async () => {
    const report = await importList(
      admin,
      list(
        'halls',
        '203.0.113.128/25\n203.0.112.0/23\n198.51.100.0/24\nclient_fingerprint,ja4_sdk\n',
        'campus',
      ),
    );
    expect(report).toMatchObject({ taken: 1, held: { overlap: 3 } });
    expect(await listed()).toMatchObject({ 1: 'exits', 3: 'halls', 4: 'halls' });
  });

  it('is replaced by the next import of its name, and stops counting by itself after its day', async () => {
    const report = await importList(admin, list('exits', '198.51.100.9\n'));
    expect(report).toMatchObject({ taken: 0, held: { overlap: 1 }, replaced: expect.any(Number) });
    expect(await listed()).toEqual({ 3: 'halls', 4: 'halls' });
    expect(await listed(new Date(Date.now() + 32 * 86_400_000))).toEqual({});
    const states = (await listLists(admin, new Date(Date.now() + 32 * 86_400_000))).map((row) => row.state);
    expect(states).toEqual(['expired', 'expired', 'ended']);
  });

  it('ends when a person says so, once', async () => {
    const halls = (await listLists(admin)).find((row) => row.name === 'halls')!;
    const both = await Promise.allSettled(
      [1, 2].map(() => endList(admin, { listId: halls.id, reason: 'moved' })),
    );
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listed()).toEqual({});
    expect(await database().auditEntry.count({ where: { verb: 'list.end' } })).toBe(1);
  });

  it('refuses a day that is over, a list without a single good line, and who may not', async () => {
    await expect(importList(admin, { ...list('x', '1.1.1.1'), until: '2020-01-01' })).rejects.toThrow(
      'is over',
    );
    await expect(importList(admin, list('x', 'rubbish\n'))).rejects.toMatchObject({ code: 'bad_input' });
    await expect(importList(await insertUser('analyst'), list('x', '1.1.1.1'))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
