import { expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { getLatestRun } from './get-latest-run';
import { insertRun, insertUser } from './testing/fixtures';

it('names what the latest run left out, and hides it from readers who may not see values', async () => {
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
});
