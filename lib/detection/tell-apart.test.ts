/** Who is one operation and who only does the same as another. */
import { describe, expect, it } from 'vitest';
import { detect } from './detect';
import { defaultConfig } from './schema';
import { proposedOf, World } from './testing/world';

/** The groups found, each as the sorted prefixes of its accounts, largest first; and the accounts themselves. */
function groupsIn(world: World): { names: string[]; ids: string[] }[] {
  const snapshot = world.snapshot();
  return detect(snapshot, defaultConfig)
    .clusters.map((cluster) => proposedOf(cluster, snapshot))
    .sort((a, b) => b.length - a.length)
    .map((ids) => ({ names: [...new Set(ids.map((id) => id.split('-')[0]!))].sort(), ids }));
}

/** 300 accounts in four waves, each with a stretch of the cards, phones and devices that overlaps the next. */
function addHydra(world: World): void {
  const stretch = (wave: number, pool: number): number =>
    Math.floor((wave * 0.2 + world.random() * 0.4) * pool);
  for (let i = 0; i < 300; i++) {
    const id = `hydra-${i}`;
    const wave = i % 4;
    if (world.pick(5) > 0) world.seen(id, 'payment', `hydra card ${stretch(wave, 10)}`);
    if (world.pick(3) > 0) world.seen(id, 'phone', `hydra phone ${stretch(wave, 30)}`);
    world.seen(id, 'device', `hydra device ${stretch(wave, 50)}`);
    for (let day = 0; day < 5; day++) world.seen(id, 'ip', `exit ${world.pick(3000)} day ${day}`);
    for (let t = 0; t < 3; t++) world.seen(id, 'template', `rubric ${world.pick(6)}`, 10);
    world.exchanges(id, 60, 0.8);
  }
}

/** Twelve graders on a card and in a network of their own, with phones and devices of their own. */
function addLab(world: World): string[] {
  const ids = Array.from({ length: 12 }, (_, i) => `lab-${i}`);
  for (const id of ids) {
    world.person(id, { payment: false });
    world.seen(id, 'payment', 'lab card');
    for (let day = 0; day < 5; day++) world.seen(id, 'ip', `lab office ${world.pick(4)} day ${day}`, 9);
    world.seen(id, 'template', 'rubric 0', 200);
    world.exchanges(id, 250, 0.9);
  }
  return ids;
}

describe('an evaluation lab that grades with the rubric of an operation', () => {
  it('stands apart from the operation, and the operation stays whole', () => {
    const world = new World();
    world.people('user', 900);
    addHydra(world);
    addLab(world);
    const [first, ...rest] = groupsIn(world);
    expect(first!.names).toEqual(['hydra']);
    expect(first!.ids.length).toBeGreaterThan(290);
    expect(rest.flatMap(({ names }) => names)).toEqual(['lab']);
  });

  it('stands apart even when one of its devices turns up in the operation', () => {
    const world = new World();
    world.people('user', 900);
    addHydra(world);
    addLab(world);
    world.seen('lab-0', 'device', 'hydra device 3');
    for (const { names } of groupsIn(world)) expect(names).toHaveLength(1);
  });

  it('is of the operation when it pays with its cards', () => {
    const world = new World();
    world.people('user', 900);
    addHydra(world);
    for (const [i, id] of addLab(world).entries()) world.seen(id, 'payment', `hydra card ${i % 4}`);
    expect(groupsIn(world)[0]!.ids.filter((id) => id.startsWith('lab'))).toHaveLength(12);
  });
});

describe('cells of eight, each on a phone of its own,', () => {
  const cells = (shared: (world: World, id: string) => void): World => {
    const world = new World();
    world.people('user', 600);
    for (let cell = 0; cell < 3; cell++) {
      for (let i = 0; i < 8; i++) {
        const id = `cell${cell}-${i}`;
        world.person(id, { phone: false, payment: false });
        world.seen(id, 'phone', `phone ${cell}`);
        world.exchanges(id, 40, 0.9);
        shared(world, id);
      }
    }
    return world;
  };
  const wording = (world: World, id: string): void => world.seen(id, 'template', 'the wording', 30);
  const hosting = (world: World, id: string): void => {
    for (let day = 0; day < 4; day++) world.seen(id, 'ip', `hosting ${world.pick(3)} day ${day}`, 9);
  };

  it('are one operation when one wording and one hosting network cross them', () => {
    const [whole, ...rest] = groupsIn(
      cells((world, id) => {
        wording(world, id);
        hosting(world, id);
      }),
    );
    expect(whole!.ids).toHaveLength(24);
    expect(rest).toEqual([]);
  });

  it('are one operation when all of them run a program that nobody else has', () => {
    const [whole, ...rest] = groupsIn(
      cells((world, id) => {
        wording(world, id);
        world.seen(id, 'client_fingerprint', 'runner of their own', 30);
      }),
    );
    expect(whole!.ids).toHaveLength(24);
    expect(rest).toEqual([]);
  });

  it('are three when only the wording crosses them', () => {
    for (const { names } of groupsIn(cells(wording))) expect(names).toHaveLength(1);
  });
});

describe('strangers', () => {
  /** Forty accounts on a card, in one rhythm, on a program that half as many strangers use too. */
  const ring = (): World => {
    const world = new World();
    world.people('user', 1500);
    for (let i = 0; i < 60; i++) {
      const isRing = i < 40;
      const id = isRing ? `ring-${i}` : `stranger-${i}`;
      if (isRing) world.seen(id, 'payment', 'ring card');
      if (isRing) world.seen(id, 'template', 'ring wording', 30);
      world.seen(id, 'ip', `home ${id}`);
      world.seen(id, 'client_fingerprint', 'small sdk', 30);
      world.seen(id, 'user_agent', 'small sdk 1.0', 30);
      world.exchanges(id, 40, isRing ? 0.9 : 0);
      for (let hour = 0; hour < 120; hour++) if (world.pick(10) < 7) world.active(id, hour * 4);
    }
    return world;
  };

  it('whom program and rhythm alone put beside an operation are left out, as weak members too', () => {
    const snapshot = ring().snapshot();
    const [found, ...rest] = detect(snapshot, defaultConfig).clusters;
    const ids = found!.members.map(({ account }) => snapshot.accountIds[account]!);
    expect(ids.filter((id) => id.startsWith('ring'))).toHaveLength(40);
    expect(ids.filter((id) => !id.startsWith('ring'))).toEqual([]);
    expect(rest).toEqual([]);
  });

  it('who use the wording that the operation has for itself stay in view', () => {
    const world = ring();
    for (let i = 40; i < 44; i++) world.seen(`stranger-${i}`, 'template', 'ring wording', 30);
    const snapshot = world.snapshot();
    const [found] = detect(snapshot, defaultConfig).clusters;
    const ids = found!.members.map(({ account }) => snapshot.accountIds[account]!);
    expect(ids.filter((id) => id.startsWith('stranger'))).toHaveLength(4);
  });
});
