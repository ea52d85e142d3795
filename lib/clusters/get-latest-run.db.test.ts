import { expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import type { Findings } from '@/lib/detection/schema';
import { getLatestRun } from './get-latest-run';
import { listDeclared } from './list-declared';
import { insertRun, insertUser } from './testing/fixtures';
import { writeDeclared } from './write-declared';

it('names what the latest run left out and which organizations count as one, and hides both from readers who may not see values', async () => {
  const [viewer, auditor] = await Promise.all([insertUser('viewer'), insertUser('auditor')]);
  expect(await getLatestRun(viewer)).toBeNull();
  await database().indicator.create({ data: { id: 9n, kind: 'ip', value: '203.0.113.7' } });
  // Earlier versions counted only.
  await insertRun({ suppressed: [{ kind: 'ip', reason: 'popular', values: 3 }] });
  expect((await getLatestRun(viewer))?.suppressed).toMatchObject([
    { values: 3, source: null, strongest: [] },
  ]);
  await insertRun({
    suppressed: [
      {
        kind: 'ip',
        reason: 'listed',
        source: 'VPN exits',
        values: 1,
        strongest: [{ valueId: '9@20000', population: 40 }],
      },
    ],
  });
  const seen = (await getLatestRun(viewer))?.suppressed;
  expect(seen).toMatchObject([
    { source: 'VPN exits', strongest: [{ value: '203.0.113.7 on 2024-10-04', population: 40 }] },
  ]);
  expect(JSON.stringify(await getLatestRun(auditor))).not.toMatch(/203\.0|"9@/);

  await database().account.createMany({
    data: ['verified', 'verified', 'unknown', 'unknown', 'alone'].map((organizationId, n) => ({
      key: 100 + n,
      id: `member-${n}`,
      organizationId,
      verifiedOrganization: organizationId !== 'unknown',
    })),
  });
  expect((await getLatestRun(viewer))?.countedAsOne).toEqual({
    organizations: 1,
    accounts: 2,
    largest: [{ id: '0', organization: 'verified', accounts: 2 }],
  });
  await insertRun({
    suppressed: [
      {
        kind: 'time_bins',
        reason: 'popular',
        values: 1,
        strongest: [{ valueId: '1987200', population: 30 }],
      },
      {
        kind: 'payment',
        reason: 'one_entity',
        values: 1,
        strongest: [{ valueId: '9', population: 2, accountKey: 100 }],
      },
    ],
  });
  const left = (await getLatestRun(viewer))?.suppressed;
  expect(left).toMatchObject([
    { strongest: [{ value: '203.0.113.7', organization: 'verified' }] },
    { strongest: [{ value: '2026-09-04T00:00:00.000Z', population: 30 }] },
  ]);
  expect(JSON.stringify(await getLatestRun(auditor))).not.toMatch(/203\.0|verified"/);
  expect((await getLatestRun(auditor))?.countedAsOne.largest).toEqual([
    { id: '0', organization: null, accounts: 2 },
  ]);
});

it('keeps the groups that declare themselves of the latest run, and hides what they name from the same readers', async () => {
  const [viewer, auditor] = await Promise.all([insertUser('viewer'), insertUser('auditor')]);
  await database().account.createMany({
    data: [1, 2, 3].map((key) => ({
      key,
      id: `a${key}`,
      organizationId: 'resale',
      emailDomain: `d${key}.test`,
      exchanges: key,
    })),
  });
  const keep = async (accounts: number[]) => {
    const runId = await insertRun();
    const findings = { declared: [{ accounts, by: 'organization', extraction: 0.1 }] } as unknown as Findings;
    await inTransaction((tx) => writeDeclared(tx, findings, Int32Array.of(1, 2, 3), runId));
  };
  await keep([0, 1, 2]);
  await keep([2, 1]);
  const group = { by: 'organization', accounts: 2, paying: 0, exchanges: 5, extraction: 0.1 };
  expect(await listDeclared(viewer)).toMatchObject([{ ...group, name: 'resale', examples: ['a3', 'a2'] }]);
  expect(await listDeclared(auditor)).toMatchObject([{ ...group, name: null, examples: [] }]);
});
