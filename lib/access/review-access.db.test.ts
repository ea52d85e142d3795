import { beforeAll, describe, expect, test } from 'vitest';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { exportReview } from './export-review';
import { reviewAccess } from './review-access';
import { may } from './rules';
import { type Person, ROLES, type Role } from './schema';

let people: Record<string, Person>;
const day = 86_400_000;

async function insertUser(name: string, role: Role, made: Date, disabledAt?: Date): Promise<Person> {
  const email = `${name.toLowerCase()}@example.com`;
  const user = await database().user.create({
    data: { name, email, role, passwordHash: 'x', createdAt: made, lastSignInAt: made, disabledAt },
  });
  return { kind: 'user', id: user.id, name, email, role, provedAt: Date.now() / 1000 };
}

beforeAll(async () => {
  const old = new Date(Date.now() - 400 * day);
  people = {
    ann: await insertUser('Ann', 'analyst', new Date()),
    kofi: await insertUser('Kofi', 'approver', old),
    ines: await insertUser('Ines', 'admin', new Date()),
    odo: await insertUser('Odo', 'auditor', new Date()),
    gone: await insertUser('=Gone()', 'approver', old, new Date()),
  };
  const { ann, kofi } = people as Record<'ann' | 'kofi', Person>;
  const object = { type: 'cluster', id: '1' } as const;
  await inTransaction(async (tx) => {
    for (const verb of ['cluster.claim', 'cluster.confirm', 'cluster.claim'] as const)
      await writeAudit(tx, ann, { verb, object });
    await writeAudit(
      tx,
      { kind: 'cli', name: 'root' },
      { verb: 'user.add', object: { type: 'user', id: '1' } },
    );
  });
  await writeRefusal(kofi, { verb: 'proposal.approve', object: { type: 'proposal', id: '1' } });
  // Long before the period.
  await database().$executeRaw`
    INSERT INTO audit_entry (at, actor, actor_name, verb, object_type, object_id)
    VALUES (now() - interval '200 days', ${`user:${kofi.id}`}, 'Kofi', 'proposal.approve', 'proposal', 'P-1')`;
  await database().apiKey.createMany({
    data: [
      { name: 'Shipper', prefix: 'weir_a', sha256: 'a', createdById: ann.id, createdAt: old },
      { name: 'Old', prefix: 'weir_b', sha256: 'b', createdAt: old, lastUsedAt: old, revokedAt: new Date() },
    ],
  });
});

const review = (role: Role = 'admin', days: 30 | 90 | 365 = 90) =>
  reviewAccess({ ...(people.ines as Person), role }, { days });

describe('the access review', () => {
  test('counts who did what within the period, and what was refused to them', async () => {
    const found = await review();
    expect(found.people.find(({ name }) => name === 'Ann')).toMatchObject({
      done: 3,
      refused: 0,
      verbs: [
        { verb: 'cluster.claim', done: 2 },
        { verb: 'cluster.confirm', done: 1 },
      ],
    });
    expect(found.refusals).toMatchObject([{ name: 'Kofi', verb: 'proposal.approve', refused: 1 }]);
    expect(found.machines).toMatchObject([{ actor: 'cli:root', done: 1 }]);
    expect(found.people.at(-1)).toMatchObject({ name: '=Gone()', state: 'disabled', findings: [] });
  });

  test('a refused attempt is no use of a right; one of long ago counts in a longer period', async () => {
    const kofi = async (days: 90 | 365) =>
      (await review('admin', days)).people.find((p) => p.name === 'Kofi');
    expect((await kofi(90))?.findings).toEqual([
      'no sign-in in 90 days',
      'approver, nothing approved or rejected in 90 days',
    ]);
    expect((await kofi(365))?.unused).not.toContain('proposal.approve');
  });

  test('says of each right who has it and how often it was used', async () => {
    const { rights } = await review();
    const of = (right: string) => rights.find((each) => each.right === right)?.people;
    expect(of('proposal.approve')).toMatchObject([{ name: 'Kofi', uses: 0 }]);
    expect(of('cluster.claim')).toMatchObject([
      { name: 'Ann', uses: 2 },
      { name: 'Kofi', uses: 0 },
    ]);
    expect(of('desk.read')?.[0]?.uses).toBeNull();
  });

  test('names keys that nobody uses', async () => {
    expect((await review()).keys).toMatchObject([
      { name: 'Old', finding: null },
      { name: 'Shipper', createdBy: 'Ann', finding: 'never used' },
    ]);
  });

  test('shows auditors names, and no mail addresses', async () => {
    const found = await review('auditor');
    expect(found.people.map(({ email }) => email)).toEqual([null, null, null, null, null]);
    expect(JSON.stringify(found)).not.toContain('@example.com');
  });

  test('as CSV runs nothing in a spreadsheet, and is written down', async () => {
    const csv = await exportReview(people.ines as Person, { days: 90 }, 'people');
    expect(csv).toContain("'=Gone(),");
    expect(csv.split('\r\n')[0]).toMatch(/^\uFEFFkind,id,name,email,role/);
    expect(csv).toContain('"approver, nothing approved or rejected in 90 days"'.slice(1, -1));
    const actions = await exportReview(people.ines as Person, { days: 90 }, 'actions');
    expect(actions).toContain(`user:${people.ann?.id},Ann,cluster.claim,2,0,`);
    const entry = await database().auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(entry).toMatchObject({
      verb: 'data.export',
      objectId: 'access-review',
      detail: { table: 'actions' },
    });
  });

  test.each(ROLES)('is for a %s or is refused', async (role) => {
    const asked = review(role);
    if (may({ ...(people.ines as Person), role }, 'audit.export')) await expect(asked).resolves.toBeDefined();
    else await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  });
});
