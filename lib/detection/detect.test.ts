import { describe, expect, it } from 'vitest';
import { detect } from './detect';
import { defaultConfig } from './schema';
import { severityOf } from './severity';
import { clustersOf, flagged, proposedOf, World } from './testing/world';

const run = (world: World) => {
  const snapshot = world.snapshot();
  return { snapshot, findings: detect(snapshot, defaultConfig) };
};

/** 1,200 accounts on 6 cards and 200 devices, a rotating address each day, 8 templates, resold traffic mixed in. */
function addHydra(world: World, n = 1200): void {
  for (let i = 0; i < n; i++) {
    const id = `hydra-${i}`;
    world.person(id, { payment: false, device: false, phone: world.pick(2) === 0 });
    world.seen(id, 'payment', `hydra-card-${world.pick(6)}`);
    world.seen(id, 'device', `hydra-device-${world.pick(200)}`);
    for (let day = 0; day < 5; day++) world.seen(id, 'ip', `exit ${world.pick(4000)} day ${day}`);
    for (let t = 0; t < 3; t++) world.seen(id, 'template', `hydra-template-${world.pick(8)}`, 10);
    world.seen(id, 'template', `customer-${id}`, 2);
    world.exchanges(id, 60, 0.4 + 0.3 * world.random());
  }
}

/** 200 accounts in cells that share phones and devices; templates everywhere; a card each. */
function addHarvest(world: World, n = 200): void {
  for (let i = 0; i < n; i++) {
    const id = `harvest-${i}`;
    world.person(id, { phone: false, device: false });
    world.seen(id, 'phone', `harvest-phone-${world.pick(25)}`);
    world.seen(id, 'device', `harvest-device-${world.pick(20)}`);
    world.seen(id, 'ip', `home-${id}`);
    for (let t = 0; t < 3; t++) world.seen(id, 'template', `harvest-template-${world.pick(6)}`, 10);
    world.exchanges(id, 40, 0.8);
  }
}

/** 60 accounts on one card, each with its own phone, device and address, all active in the same quarters. */
function addSynchronized(world: World, n = 60): void {
  for (let i = 0; i < n; i++) {
    const id = `sync-${i}`;
    world.seen(id, 'payment', 'sync-card');
    world.seen(id, 'phone', `ph-${id}`);
    world.seen(id, 'device', `dev-${id}`);
    world.seen(id, 'ip', `home-${id}`);
    world.seen(id, 'template', `tpl-${id}`);
    world.exchanges(id, 40, 0.7);
    for (let hour = 0; hour < 120; hour++) if (world.pick(10) < 7) world.active(id, hour * 4);
  }
}

/** Customers of one gateway: one card, one client, four exits, content like everybody's. */
function addReseller(world: World, n: number): void {
  for (let i = 0; i < n; i++) {
    const id = `reseller-${i}`;
    world.person(id, { payment: false });
    world.seen(id, 'payment', 'reseller-card');
    world.seen(id, 'client_fingerprint', 'reseller-gateway', 30);
    world.seen(id, 'ip', `reseller-egress-${world.pick(4)}`, 30);
  }
}

describe('detect() finds', () => {
  it('a hydra of 1,200 accounts as one cluster although real customers and unique exits are mixed in', () => {
    const world = new World();
    world.people('user', 1800);
    addHydra(world);
    const { snapshot, findings } = run(world);
    const [found, ...rest] = clustersOf(findings, snapshot, 'hydra');
    expect(proposedOf(found!, snapshot, 'hydra').length).toBeGreaterThan(1150);
    expect(rest).toEqual([]);
    expect(flagged(findings, snapshot, 'user')).toBe(0);
    expect(found!.quadrant).toBe('distillation');
  });

  it('a harvest of 200 accounts that share phones, devices and templates but no card', () => {
    const world = new World();
    world.people('user', 2000);
    addHarvest(world);
    const { snapshot, findings } = run(world);
    const [found] = clustersOf(findings, snapshot, 'harvest');
    expect(proposedOf(found!, snapshot, 'harvest').length).toBeGreaterThan(190);
    expect(found!.quadrant).toBe('distillation');
    expect(flagged(findings, snapshot, 'user')).toBe(0);
  });

  it('60 synchronized accounts on one card, and names the rhythm as evidence', () => {
    const world = new World();
    world.people('user', 2000);
    addSynchronized(world);
    const { snapshot, findings } = run(world);
    const [found] = clustersOf(findings, snapshot, 'sync');
    expect(proposedOf(found!, snapshot, 'sync')).toHaveLength(60);
    const rhythm = found!.evidence.find(({ kind }) => kind === 'time_bins');
    expect(rhythm!.members).toBe(60);
    expect(rhythm!.points).toBeGreaterThan(0);
    expect(rhythm!.detail!.lift).toBeGreaterThan(2);
  });

  it('a declared reseller of diverse content as one to review, not as distillation', () => {
    const world = new World();
    world.people('user', 1500);
    addReseller(world, 150);
    const { snapshot, findings } = run(world);
    const [found] = clustersOf(findings, snapshot, 'reseller');
    expect(proposedOf(found!, snapshot, 'reseller').length).toBeGreaterThan(140);
    expect(found!.quadrant).toBe('reseller_review');
  });

  it('20,000 accounts on 5 cards and 200 devices as one cluster, and 5,000 innocents behind one address not', () => {
    const world = new World();
    for (let i = 0; i < 35_000; i++) {
      world.seen(`user-${i}`, 'payment', `pm-${i}`);
      world.seen(`user-${i}`, 'device', `dev-${i}`);
      world.seen(`user-${i}`, 'ip', `home-${i}`);
    }
    for (let i = 0; i < 5_000; i++) world.seen(`innocent-${i}`, 'ip', 'one address');
    for (let i = 0; i < 20_000; i++) {
      world.seen(`bot-${i}`, 'payment', `card-${world.pick(5)}`);
      world.seen(`bot-${i}`, 'device', `rack-${world.pick(200)}`);
      world.seen(`bot-${i}`, 'ip', `proxy-${i}`);
    }
    const { snapshot, findings } = run(world);
    expect(findings.clusters).toHaveLength(1);
    expect(proposedOf(findings.clusters[0]!, snapshot, 'bot')).toHaveLength(20_000);
    expect(flagged(findings, snapshot, 'innocent')).toBe(0);
  }, 20_000);
});

describe('detect() on attackers and bystanders in one world', () => {
  const world = new World(2);
  world.people('user', 1100);
  addHydra(world);
  addHarvest(world);
  addSynchronized(world);
  addReseller(world, 80);
  world.university('uni', 150);
  world.university('college', 100, { payment: false, phone: false });
  for (let i = 0; i < 120; i++) {
    world.person(`vpn-${i}`);
    for (let day = 0; day < 10; day++)
      world.seen(`vpn-${i}`, 'ip', `vpn exit ${world.pick(12)} day ${day}`, 5);
  }
  for (let i = 0; i < 150; i++) {
    world.person(`agent-${i}`);
    world.seen(`agent-${i}`, 'client_fingerprint', 'coding-agent', 50);
    world.seen(`agent-${i}`, 'system_prompt', 'coding-agent-prompt', 50);
  }
  for (let i = 0; i < 90; i++) {
    world.person(`family-${i}`, { payment: false });
    world.seen(`family-${i}`, 'payment', `family card ${Math.floor(i / 3)}`);
    world.seen(`family-${i}`, 'ip', `family home ${Math.floor(i / 3)}`);
  }
  const { snapshot, findings } = run(world);

  it('finds each operation whole and pure, and nobody else', () => {
    const found = findings.clusters.map((cluster) => {
      const ids = proposedOf(cluster, snapshot);
      return { names: [...new Set(ids.map((id) => id.split('-')[0]))], size: ids.length };
    });
    expect(found.map(({ names }) => names).sort()).toEqual([['harvest'], ['hydra'], ['reseller'], ['sync']]);
    expect(found.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(0.98 * (1200 + 200 + 60 + 80));
  });

  it('puts the operations before the reseller, and the strongest as critical', () => {
    expect(findings.clusters.map(({ quadrant }) => quadrant)).toEqual([
      'distillation',
      'distillation',
      'distillation',
      'reseller_review',
    ]);
    expect(findings.clusters.map(({ score }) => severityOf(score)).slice(0, 2)).toEqual([
      'critical',
      'critical',
    ]);
  });
});

describe('detect() leaves alone', () => {
  it.each([
    ['with cards, phones and devices of their own', {}],
    ['on free plans without cards', { payment: false, phone: false }],
    ['of whom nothing but address and browser is known', { payment: false, phone: false, device: false }],
  ])('hundreds of students behind one address %s', (_, own) => {
    const world = new World();
    world.people('user', 2500);
    world.university('uni', 400, own);
    world.university('college', 80, own);
    const { snapshot, findings } = run(world);
    expect(flagged(findings, snapshot, '')).toBe(0);
  });

  it('a verified company on one card, one address and one coding agent', () => {
    const world = new World();
    world.people('user', 1000);
    for (let i = 0; i < 120; i++) {
      const id = `company-${i}`;
      world.account(id, 'acme');
      world.seen(id, 'payment', 'acme-card');
      world.seen(id, 'ip', 'acme-office');
      world.seen(id, 'client_fingerprint', 'coding-agent', 50);
      world.seen(id, 'system_prompt', 'coding-agent-prompt', 50);
    }
    const { findings, snapshot } = run(world);
    expect(findings.clusters).toEqual([]);
    const holder = snapshot.accountIds.indexOf('company-0');
    expect(findings.suppressed).toContainEqual({
      kind: 'payment',
      values: 1,
      reason: 'one_entity',
      strongest: [{ valueId: 'acme-card', population: 120, holder }],
    });
  });

  it('strangers behind the rotating exits of a VPN', () => {
    const world = new World();
    world.people('user', 1000);
    for (let i = 0; i < 300; i++) {
      world.person(`vpn-${i}`, { phone: false, payment: i % 2 === 0 });
      for (let day = 0; day < 10; day++) world.seen(`vpn-${i}`, 'ip', `exit-${world.pick(12)} day ${day}`, 5);
      world.seen(`vpn-${i}`, 'prefix', `exit-net-${world.pick(3)}`);
    }
    const { findings } = run(world);
    expect(findings.clusters).toEqual([]);
  });

  it('hundreds who pasted one viral prompt, even one that elicits reasoning', () => {
    const world = new World();
    const users = world.people('user', 3000);
    for (const id of users.slice(0, 250)) {
      world.seen(id, 'template', 'viral-prompt', 12);
      world.exchanges(id, 30, 0.5);
    }
    for (let i = 0; i < 100; i++) {
      world.seen(`trial-${i}`, 'template', 'viral-prompt', 12);
      world.seen(`trial-${i}`, 'client_fingerprint', 'sdk-a', 12);
      world.exchanges(`trial-${i}`, 12, 1);
    }
    const { findings } = run(world);
    expect(findings.clusters).toEqual([]);
  });

  it('accounts that share nothing', () => {
    const world = new World();
    world.people('user', 300);
    expect(run(world).findings.clusters).toEqual([]);
  });

  it('an empty snapshot', () => {
    expect(run(new World()).findings.clusters).toEqual([]);
  });
});
