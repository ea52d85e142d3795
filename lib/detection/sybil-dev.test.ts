/** Real coordinated accounts with ground truth: half of a public Sybil investigation. Absent in a plain checkout. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { detect } from './detect';
import { defaultConfig, type Findings } from './schema';
import { World } from './testing/world';

const folder = fileURLToPath(new URL('../../../shared/data/sybil-dev/', import.meta.url));
const present = existsSync(`${folder}records.ndjson.gz`);
if (!present) console.log('sybil-dev is not beside this checkout: its floors are not tested');

const unzip = (name: string): string => gunzipSync(readFileSync(`${folder}${name}`)).toString('utf8');

type Row = { record: string; account_id: string; kind: string; value: string; count: number };
type Truth = { accounts: number; positives: Record<string, string>; crowd: string[] };

describe.skipIf(!present)('detect() on sybil-dev', () => {
  let findings: Findings;
  let proposed: string[][];
  let truth: Truth;
  const share = (ids: Iterable<string>, of: (id: string) => boolean): number => {
    const all = [...ids];
    return all.filter(of).length / all.length;
  };
  const guilty = (id: string): boolean => Object.hasOwn(truth.positives, id);

  beforeAll(() => {
    const world = new World();
    for (const line of unzip('records.ndjson.gz').split('\n')) {
      if (line === '') continue;
      const row = JSON.parse(line) as Row;
      world.account(row.account_id);
      if (row.record === 'observation') world.seen(row.account_id, row.kind, row.value, row.count);
    }
    truth = JSON.parse(unzip('truth.json.gz')) as Truth;
    const snapshot = world.snapshot();
    findings = detect(snapshot, defaultConfig);
    proposed = findings.clusters.map(({ members }) =>
      members.filter(({ role }) => role !== 'weak').map(({ account }) => snapshot.accountIds[account]!),
    );
  }, 60_000);

  it('proposes accounts of which at least .91 are known to be coordinated', () => {
    expect(share(new Set(proposed.flat()), guilty)).toBeGreaterThanOrEqual(0.91);
  });

  it('finds at least .60 of what people reported by hand', () => {
    const flagged = new Set(proposed.flat());
    expect(share(truth.crowd, (id) => flagged.has(id))).toBeGreaterThanOrEqual(0.6);
  });

  it('flags at most .04 of the accounts that nobody reported', () => {
    const others = new Set(proposed.flat().filter((id) => !guilty(id)));
    expect(others.size / (truth.accounts - Object.keys(truth.positives).length)).toBeLessThanOrEqual(0.04);
  });

  it('puts clusters first of whose accounts at least .98 are coordinated', () => {
    expect(share(proposed.slice(0, 100).flat(), guilty)).toBeGreaterThanOrEqual(0.98);
  });

  it('orders by the Wilson bound of retention and says that nothing else corroborates it', () => {
    const lows = findings.clusters.map(({ retentionLow }) => retentionLow);
    expect(lows).toEqual([...lows].sort((a, b) => b - a));
    expect(new Set(findings.clusters.map(({ acceptedOn }) => acceptedOn))).toEqual(
      new Set(['retention_alone']),
    );
  });
});
