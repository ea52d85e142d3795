import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { simulateWorld } from './simulate-world';
import { writeWorld } from './write-world';

const endsAt = new Date('2026-09-30T00:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'weir-world-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('writes every record and the truth, and tells how many', async () => {
  const out = join(folder, 'made', 'for me');
  const counts = await writeWorld(simulateWorld({ scale: 'small', seed: 3, endsAt }), out);
  const written = gunzipSync(readFileSync(join(out, 'records.ndjson.gz'))).toString('utf8');
  const told = [...simulateWorld({ scale: 'small', seed: 3, endsAt }).records];
  expect(written).toBe(told.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'));
  expect(Object.keys(truth)).toEqual(['accounts', 'positives', 'segments', 'exchanges']);
  expect(counts).toEqual({
    records: told.length,
    accounts: truth.accounts,
    exchanges: told.filter(({ record }) => record === 'exchange').length,
  });
});

test('a folder that cannot be written is an error, not a wait', async () => {
  const taken = join(folder, 'a file');
  writeFileSync(taken, '');
  await expect(writeWorld(simulateWorld({ scale: 'small', seed: 3, endsAt }), taken)).rejects.toThrow();
});
