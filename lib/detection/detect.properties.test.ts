/** What holds for every snapshot, whatever is in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from './detect';
import { defaultConfig, type Findings, type Snapshot } from './schema';
import { World } from './testing/world';

const kinds = ['payment', 'device', 'ip', 'template', 'prefix', 'asn', 'wallet'];

/** Groups of accounts that draw values from small pools of their own, and strangers. */
const someWorld = fc
  .record({
    seed: fc.nat(),
    groups: fc.integer({ min: 1, max: 4 }),
    kinds: fc.subarray(kinds, { minLength: 1 }),
  })
  .map(({ seed, groups, kinds }) => {
    const world = new World(seed);
    for (let group = 0; group < groups; group++) {
      const size = 5 + world.pick(20);
      for (let i = 0; i < size; i++) {
        const id = `g${group}-${i}`;
        world.account(id, world.pick(12) === 0 ? `org-${group}` : undefined);
        for (const kind of kinds) {
          if (world.pick(4) > 0) world.seen(id, kind, `${kind}-${group}-${world.pick(4)}`, 1 + world.pick(5));
        }
        world.exchanges(id, world.pick(30), world.random());
        for (let hour = 0; hour < 20; hour++) if (world.pick(2) === 0) world.active(id, hour * (4 + group));
      }
    }
    for (let i = 0; i < 60; i++) {
      for (const kind of kinds) world.seen(`s-${i}`, kind, `${kind}-${world.pick(40)}`);
      world.exchanges(`s-${i}`, 10, world.random() * 0.2);
    }
    return world.snapshot();
  });

/** The same facts with accounts, values, kinds and links in another order. */
function shuffled(snapshot: Snapshot, seed: number): Snapshot {
  const { pick } = new World(seed);
  const world = new World(seed);
  const order = (n: number): number[] => {
    const items = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = pick.call(world, i + 1);
      [items[i], items[j]] = [items[j]!, items[i]!];
    }
    return items;
  };
  const accounts = order(snapshot.accountIds.length);
  const values = order(snapshot.valueIds.length);
  const kindOrder = order(snapshot.kinds.length);
  const links = order(snapshot.links.account.length);
  const now = (places: number[]): number[] => {
    const at: number[] = [];
    places.forEach((old, fresh) => {
      at[old] = fresh;
    });
    return at;
  };
  const accountNow = now(accounts);
  const valueNow = now(values);
  const kindNow = now(kindOrder);
  const width = snapshot.classes.length;
  const { activity, bins } = snapshot;
  const binRows = accounts.map(
    (old) => bins?.bins.subarray(bins.offsets[old]!, bins.offsets[old + 1]!) ?? [],
  );
  const offsets = new Int32Array(accounts.length + 1);
  binRows.forEach((row, i) => {
    offsets[i + 1] = offsets[i]! + row.length;
  });
  return {
    ...snapshot,
    accountIds: accounts.map((old) => snapshot.accountIds[old]!),
    entity: Int32Array.from(accounts, (old) => accountNow[snapshot.entity[old]!]!),
    kinds: kindOrder.map((old) => snapshot.kinds[old]!),
    valueIds: values.map((old) => snapshot.valueIds[old]!),
    valueKind: Uint16Array.from(values, (old) => kindNow[snapshot.valueKind[old]!]!),
    valueAccount: Int32Array.from(values, (old) => {
      const named = snapshot.valueAccount![old]!;
      return named < 0 ? -1 : accountNow[named]!;
    }),
    links: {
      account: Int32Array.from(links, (old) => accountNow[snapshot.links.account[old]!]!),
      value: Int32Array.from(links, (old) => valueNow[snapshot.links.value[old]!]!),
      count: Float64Array.from(links, (old) => snapshot.links.count[old]!),
    },
    activity: {
      ...activity,
      exchanges: Float64Array.from(accounts, (old) => activity.exchanges[old]!),
      byClass: Float64Array.from(
        accounts.flatMap((old) => [...activity.byClass.subarray(old * width, (old + 1) * width)]),
      ),
    },
    ...(bins ? { bins: { offsets, bins: Int32Array.from(binRows.flatMap((row) => [...row])) } } : {}),
  };
}

/** Findings with accounts by id, so that two orders of input can be compared. */
const readable = (findings: Findings, snapshot: Snapshot): unknown => ({
  ...findings,
  clusters: findings.clusters.map((cluster) => ({
    ...cluster,
    members: cluster.members.map((member) => ({ ...member, account: snapshot.accountIds[member.account] })),
  })),
  suppressed: findings.suppressed.map((row) => ({
    ...row,
    strongest: row.strongest.map(({ holder = -1, ...value }) => ({
      ...value,
      holder: snapshot.accountIds[holder],
    })),
  })),
});

describe('detect()', () => {
  it('finds the same, to the last digit, whatever the order of input', () => {
    let found = 0;
    fc.assert(
      fc.property(someWorld, fc.nat(), (snapshot, seed) => {
        const other = shuffled(snapshot, seed);
        const findings = detect(snapshot, defaultConfig);
        found += findings.clusters.length;
        expect(readable(detect(other, defaultConfig), other)).toEqual(readable(findings, snapshot));
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it('gives points that add up to the score, rows that name each kind once, and best clusters first', () => {
    fc.assert(
      fc.property(someWorld, (snapshot) => {
        const { clusters } = detect(snapshot, defaultConfig);
        for (const { evidence, score } of clusters) {
          expect(evidence.reduce((sum, { points }) => sum + points, 0)).toBe(score);
          expect(new Set(evidence.map(({ kind }) => kind)).size).toBe(evidence.length);
        }
        const scores = clusters.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every account in one cluster at most, with a strength and role that agree', () => {
    fc.assert(
      fc.property(someWorld, (snapshot) => {
        const members = detect(snapshot, defaultConfig).clusters.flatMap((cluster) => cluster.members);
        expect(new Set(members.map(({ account }) => account)).size).toBe(members.length);
        for (const { role, strength, kinds, strengthWithout } of members) {
          expect(role === 'weak').toBe(strength < defaultConfig.weakRetention);
          expect(strength).toBeGreaterThanOrEqual(0);
          expect(strength).toBeLessThanOrEqual(1);
          expect(strengthWithout).toHaveLength(kinds.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows rows whose members never exceed their population, with expected values within the cluster', () => {
    fc.assert(
      fc.property(someWorld, (snapshot) => {
        for (const { evidence } of detect(snapshot, defaultConfig).clusters) {
          for (const row of evidence) {
            expect(row.members).toBeLessThanOrEqual(row.population);
            for (const value of row.values) expect(value.members).toBeLessThanOrEqual(value.population);
            expect(row.valueCount).toBeGreaterThanOrEqual(row.values.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
