/** What a cluster says about itself: evidence, points, members. */
import { describe, expect, it } from 'vitest';
import { detect } from './detect';
import { wilsonLow } from './retention';
import { defaultConfig, type FoundCluster } from './schema';
import { structurePoints } from './score';
import { proposedOf, World } from './testing/world';

/** Forty accounts of which 38 share a card and all share two devices, among 1,960 strangers. */
function cardRing(): { world: World; ids: string[] } {
  const world = new World();
  world.people('user', 1960);
  const ids = Array.from({ length: 40 }, (_, i) => `ring-${String(i).padStart(2, '0')}`);
  ids.forEach((id, i) => {
    world.person(id, { payment: false, device: false });
    world.seen(id, 'payment', i < 38 ? 'the card' : `own card ${id}`);
    world.seen(id, 'device', `emulator ${i % 2}`);
  });
  return { world, ids };
}

function detectOne(world: World): { cluster: FoundCluster; ids: string[] } {
  const snapshot = world.snapshot();
  const [cluster, ...others] = detect(snapshot, defaultConfig).clusters;
  expect(others).toEqual([]);
  return { cluster: cluster!, ids: cluster!.members.map(({ account }) => snapshot.accountIds[account]!) };
}

const rowOf = (cluster: FoundCluster, kind: string) => cluster.evidence.find((row) => row.kind === kind)!;

describe('a cluster', () => {
  it('says "38 of 40 share this payment instrument, expected 0.76"', () => {
    const { cluster } = detectOne(cardRing().world);
    expect(rowOf(cluster, 'payment').values).toEqual([
      { valueId: 'the card', members: 38, population: 38, expected: (40 * 38) / 2000 },
    ]);
    expect(rowOf(cluster, 'payment')).toMatchObject({ members: 38, population: 38, valueCount: 1 });
    expect(rowOf(cluster, 'payment').expected).toBeCloseTo(40 * (38 / 2000) * (1 - (1 - 39 / 1999) ** 37), 9);
  });

  it('has the score without a kind that a run without that kind gives to the same members', () => {
    const { world, ids } = cardRing();
    const { cluster } = detectOne(world);
    const without = new World();
    without.people('user', 1960);
    ids.forEach((id, i) => {
      without.person(id, { payment: false, device: false });
      without.seen(id, 'payment', i < 38 ? 'the card' : `own card ${id}`);
      without.seen(id, 'device', `emulator ${i % 2}`);
    });
    const bare = detect(without.snapshot(), { ...defaultConfig, lambda: { device: 0 } });
    expect(bare.clusters).toEqual([]);
    const row = rowOf(cluster, 'device');
    // by hand: card 1 for 38 of 40, own phone and template: r = 1/min(cap, 2.7), 0 for two
    const mean = (38 * (1 / defaultConfig.retentionCap)) / 40;
    const low = wilsonLow((mean - 40 / 2000) / (1 - 40 / 2000), 40, defaultConfig.wilsonZ);
    const content = rowOf(cluster, 'content').points;
    expect(row.scoreWithout).toBeCloseTo(structurePoints(low) + content, 6);
    expect(row.scoreWithout).not.toBeCloseTo(cluster.score - row.points, 1);
  });

  it('tells for each account which kinds hold it and whether it would stay without them', () => {
    const { cluster, ids } = detectOne(cardRing().world);
    const of = (id: string) => cluster.members[ids.indexOf(id)]!;
    expect(of('ring-00')).toMatchObject({ role: 'core', kinds: ['payment', 'device'] });
    // without the device the card alone holds it: λ 1 over the cap
    expect(of('ring-00').strengthWithout[1]).toBeCloseTo(1 / defaultConfig.retentionCap);
    expect(of('ring-39').kinds).toEqual(['device']);
    expect(of('ring-39').strengthWithout).toEqual([0]);
  });

  it('keeps accounts that mostly live elsewhere as weak, out of what is proposed', () => {
    const { world, ids } = cardRing();
    for (let i = 0; i < 12; i++) world.seen('ring-39', 'device', `own device ${i}`);
    const snapshot = world.snapshot();
    const cluster = detect(snapshot, defaultConfig).clusters[0]!;
    expect(proposedOf(cluster, snapshot)).not.toContain('ring-39');
    expect(proposedOf(cluster, snapshot)).toHaveLength(ids.length - 1);
  });

  it('judges accounts of one organization one by one', () => {
    const { world } = cardRing();
    world.account('acme-thief', 'acme');
    world.seen('acme-thief', 'payment', 'the card');
    world.seen('acme-thief', 'device', 'emulator 0');
    for (let i = 0; i < 5; i++) {
      world.account(`acme-${i}`, 'acme');
      world.seen(`acme-${i}`, 'payment', 'acme card');
    }
    const snapshot = world.snapshot();
    const cluster = detect(snapshot, defaultConfig).clusters[0]!;
    expect(proposedOf(cluster, snapshot, 'acme')).toEqual(['acme-thief']);
  });

  it('shows context without points', () => {
    const { world, ids } = cardRing();
    for (const id of ids) world.seen(id, 'asn', '64496');
    const { cluster } = detectOne(world);
    expect(rowOf(cluster, 'asn')).toMatchObject({ points: 0, members: 40 });
    expect(rowOf(cluster, 'asn').scoreWithout).toBeCloseTo(cluster.score, 9);
  });

  it('gains by extraction and loses by harmless content, beside the same structure', () => {
    const harvest = cardRing();
    for (const id of harvest.ids) harvest.world.exchanges(id, 40, 0.9);
    const { cluster: hot } = detectOne(harvest.world);
    const { cluster: cool } = detectOne(cardRing().world);
    expect(hot.score).toBeGreaterThan(cool.score + 10);
    expect(hot.retentionLow).toBe(cool.retentionLow);
    expect([hot.quadrant, cool.quadrant]).toEqual(['distillation', 'reseller_review']);
    expect(rowOf(hot, 'content').scoreWithout).toBeCloseTo(structurePoints(hot.retentionLow), 9);
  });
});

describe('data of one kind', () => {
  it('are accepted on retention alone, labelled so and ordered by the Wilson bound', () => {
    const world = new World();
    for (let i = 0; i < 500; i++) world.seen(`user-${i}`, 'payment', `pm-${i}`);
    for (const size of [6, 12, 40]) {
      for (let i = 0; i < size; i++) world.seen(`ring${size}-${i}`, 'payment', `card-${size}`);
    }
    const { clusters } = detect(world.snapshot(), defaultConfig);
    expect(clusters.map(({ members }) => members.length)).toEqual([40, 12, 6]);
    expect(clusters.map(({ acceptedOn }) => acceptedOn)).toEqual(Array(3).fill('retention_alone'));
    expect(clusters.map(({ score }) => score)).toEqual(
      clusters.map(({ retentionLow }) => structurePoints(retentionLow)),
    );
  });

  it('stay without label when a second kind could have spoken', () => {
    const { cluster } = detectOne(cardRing().world);
    expect(cluster.acceptedOn).toBeUndefined();
  });
});
