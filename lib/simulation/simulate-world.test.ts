import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { classifyPrompt } from '@/lib/ingest/sketch/classify-prompt';
import { promptSkeleton } from '@/lib/ingest/sketch/prompt-skeleton';
import { parseRecord } from '@/lib/records/parse-record';
import { PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import type { AccountRecord, ExchangeRecord, WeirRecord } from '@/lib/records/schema';
import { SCALES, SEGMENTS } from './scales';
import { simulateWorld } from './simulate-world';
import { DAY_MS, NEW_MODEL, worldClock } from './world-clock';

const endsAt = new Date('2026-09-30T12:34:56Z');
const clock = worldClock(endsAt);
const world = simulateWorld({ scale: 'small', seed: 7, endsAt });
const records = [...world.records];
const { truth } = world;

const exchanges = records.filter((record): record is ExchangeRecord => record.record === 'exchange');
const accounts = records.filter((record): record is AccountRecord => record.record === 'account');
const partOf = (id: string) => truth.positives[id] ?? truth.segments[id]!;
const exchangesOf = (part: string) => exchanges.filter(({ account_id }) => partOf(account_id) === part);
const accountsOf = (part: string) => [
  ...new Map(
    accounts
      .filter(({ account_id }) => partOf(account_id) === part)
      .map((account) => [account.account_id, account]),
  ).values(),
];

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | null | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null || key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** How many accounts hold the value that most of them share. */
function mostShared<T extends { account_id: string }>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined | null,
) {
  const groups = [...groupBy(items, keyOf).values()];
  return Math.max(0, ...groups.map((group) => new Set(group.map((item) => item.account_id)).size));
}

function digest(seed: number, scale: 'small' | 'demo' = 'small', at = endsAt): string {
  const hash = createHash('sha256');
  for (const record of simulateWorld({ scale, seed, endsAt: at }).records)
    hash.update(JSON.stringify(record));
  return hash.digest('hex');
}

describe('a world', () => {
  test('is the same to the byte for the same seed, and another one for another seed or end', () => {
    expect(digest(7)).toBe(digest(7));
    expect(digest(8)).not.toBe(digest(7));
    expect(digest(7, 'small', new Date('2026-09-29T12:34:56Z'))).not.toBe(digest(7));
  });

  test('consists of records that the contract accepts, without unknown keys', () => {
    const refused = records.filter((record) => {
      const parsed = parseRecord(JSON.stringify(record), endsAt);
      return !parsed.ok || parsed.unknownKeys > 0;
    });
    expect(refused).toEqual([]);
  });

  test('has the size of its scale, and truth knows every account and counts every exchange', () => {
    const planned = Object.values(SCALES.small).reduce((sum, { accounts }) => sum + accounts, 0);
    expect(Math.abs(truth.accounts - planned)).toBeLessThan(0.12 * planned);
    expect(new Set(accounts.map(({ account_id }) => account_id)).size).toBe(truth.accounts);
    expect(Object.keys(truth.positives).length + Object.keys(truth.segments).length).toBe(truth.accounts);
    expect(exchanges.length).toBeGreaterThan(8000);
    expect(exchanges.length).toBeLessThan(14_000);
    const counted = groupBy(exchanges, ({ account_id }) => account_id);
    for (const [id, count] of Object.entries(truth.exchanges))
      expect(counted.get(id)?.length ?? 0).toBe(count);
    expect(new Set(exchanges.map(({ exchange_id }) => exchange_id)).size).toBe(exchanges.length);
  });

  test('tells exchanges in order of time within its 45 days, and only of accounts already told and not yet banned', () => {
    const known = new Map<string, WeirRecord>();
    let last = clock.start;
    for (const record of records) {
      if (record.record === 'account') known.set(record.account_id, record);
      if (record.record !== 'exchange') continue;
      const at = Date.parse(record.occurred_at);
      expect(at).toBeGreaterThanOrEqual(last);
      expect(known.get(record.account_id)).toMatchObject({ status: 'active' });
      last = at;
    }
    expect(last).toBeLessThan(endsAt.getTime());
  });

  test('holds every kind of honest account, each visible', () => {
    for (const segment of SEGMENTS) {
      if (segment !== 'automation')
        expect([segment, accountsOf(segment).length > 3]).toEqual([segment, true]);
    }
  });

  test('carries hostile text where people write it', () => {
    const names = accounts.map(({ display_name }) => display_name ?? '').join('\n');
    expect(names).toContain('<script>alert(1)</script>');
    expect(names).toContain('\u202E');
    expect(exchanges.some(({ user_agent }) => user_agent?.includes('<script>'))).toBe(true);
  });

  test('gives each account of the three campaigns enough exchanges to show its rhythm', () => {
    const large = Object.keys(truth.positives).filter((id) => !truth.positives[id]!.startsWith('ring-'));
    const thin = large.filter((id) => truth.exchanges[id]! < 25);
    expect(thin.length).toBeLessThan(large.length * 0.03);
  });
});

describe('the hydra', () => {
  const own = exchangesOf('low-tide');
  const templates = groupBy(own, ({ prompt }) => promptSkeleton(prompt!));
  const listed = [...templates.values()].filter((group) => mostShared(group, () => 'any') >= 5).flat();

  test('deals one task list out: high coverage, little overlap, equal shares', () => {
    const holders = groupBy(listed, ({ prompt }) => prompt);
    const overlapping = [...holders.values()].filter(
      (group) => new Set(group.map((item) => item.account_id)).size > 1,
    );
    expect(overlapping.length / holders.size).toBeLessThan(0.02);
    const shares = [...groupBy(listed, ({ account_id }) => account_id).values()].map((group) => group.length);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
    expect(spread / mean).toBeLessThan(0.15);
  });

  test('writes from few templates that most of its accounts hold', () => {
    const skeletons = groupBy(listed, ({ prompt }) => promptSkeleton(prompt!));
    expect(skeletons.size).toBeLessThan(40);
    expect(mostShared(listed, ({ prompt }) => promptSkeleton(prompt!))).toBeGreaterThan(
      0.5 * accountsOf('low-tide').length,
    );
  });

  test('mixes in some 30 % of real-looking traffic', () => {
    expect(1 - listed.length / own.length).toBeGreaterThan(0.22);
    expect(1 - listed.length / own.length).toBeLessThan(0.38);
  });

  test('moves half of its traffic to a new model within a day, honest people do not', () => {
    const pivot = (of: ExchangeRecord[]) => {
      const day = of.filter(({ occurred_at }) => {
        const age = Date.parse(occurred_at) - clock.newRelease;
        return age >= 0 && age < DAY_MS;
      });
      return day.filter(({ model }) => model === NEW_MODEL).length / day.length;
    };
    expect(pivot(own)).toBeGreaterThan(0.4);
    expect(pivot(exchanges.filter(({ account_id }) => truth.segments[account_id]))).toBeLessThan(0.15);
  });

  test('shares few cards and devices, rotates addresses and uses several ways in', () => {
    const members = accountsOf('low-tide');
    expect(groupBy(members, (account) => account.payment_fingerprint).size).toBeLessThan(members.length / 15);
    expect(groupBy(members, (account) => account.device_fingerprint).size).toBeLessThan(members.length / 4);
    expect(groupBy(own, ({ ip }) => ip).size).toBeGreaterThan(members.length * 3);
    expect(groupBy(own, ({ access_path }) => access_path).size).toBe(4);
  });

  test('replaces banned accounts within two days by new ones with the same card and device', () => {
    const banned = accounts.filter(
      ({ status, account_id }) => status === 'banned' && partOf(account_id) === 'low-tide',
    );
    expect(banned.length).toBeGreaterThan(2);
    const members = accountsOf('low-tide');
    for (const old of banned) {
      const lastAt = Math.max(
        ...own
          .filter((item) => item.account_id === old.account_id)
          .map((item) => Date.parse(item.occurred_at)),
      );
      const heir = members.find((account) => {
        const later = Date.parse(account.created_at) - lastAt;
        const isSame =
          account.device_fingerprint === old.device_fingerprint &&
          account.payment_fingerprint === old.payment_fingerprint;
        return isSame && later > 0 && later < 4 * DAY_MS;
      });
      expect(heir).toBeDefined();
    }
  });
});

describe('the other campaigns', () => {
  test('glasshouse harvests tool use over five ways in and three programmes, on shared phones but own cards', () => {
    const members = accountsOf('glasshouse');
    expect(groupBy(members, ({ program }) => program).size).toBe(3);
    expect(mostShared(members, ({ payment_fingerprint }) => payment_fingerprint)).toBe(1);
    expect(mostShared(members, ({ phone_fingerprint }) => phone_fingerprint)).toBeGreaterThan(3);
    const classes = groupBy(
      exchangesOf('glasshouse'),
      (exchange) => PATTERN_CLASSES[classifyPrompt(exchange)],
    );
    expect([...classes.keys()].sort()).toEqual(['code_tasks', 'tool_use_harvest']);
    expect(groupBy(exchangesOf('glasshouse'), ({ access_path }) => access_path).size).toBe(5);
  });

  test('paper-mill acts in the same 15-minute bins; students of one university do not', () => {
    expect(meanHolders('paper-mill')).toBeGreaterThan(0.8);
    expect(meanHolders('university')).toBeLessThan(0.1);
    expect(groupBy(accountsOf('paper-mill'), ({ payment_fingerprint }) => payment_fingerprint).size).toBe(2);
  });
});

/** Mean share of the accounts that are active in a 15-minute bin in which any of them is. */
function meanHolders(part: string): number {
  const bins = groupBy(exchangesOf(part), ({ occurred_at }) =>
    String(Math.floor(Date.parse(occurred_at) / 900_000)),
  );
  const holders = [...bins.values()].map((group) => new Set(group.map((item) => item.account_id)).size);
  return holders.reduce((sum, count) => sum + count, 0) / holders.length / accountsOf(part).length;
}

describe('campaigns that hide', () => {
  test('slow-drip shares no card, phone, device or address, deals equal shares and never follows up', () => {
    const members = accountsOf('slow-drip');
    for (const pick of ['payment_fingerprint', 'phone_fingerprint', 'device_fingerprint'] as const) {
      expect([pick, mostShared(members, (account) => account[pick])]).toEqual([pick, 1]);
    }
    const own = exchangesOf('slow-drip');
    expect(mostShared(own, ({ ip }) => ip)).toBe(1);
    expect(groupBy(own, ({ prompt }) => prompt).size / own.length).toBeGreaterThan(0.98);
    const shares = [...groupBy(own, ({ account_id }) => account_id).values()].map((group) => group.length);
    expect(Math.max(...shares) / Math.min(...shares)).toBeLessThan(1.6);
    expect(own.some(({ session_id }) => session_id !== undefined)).toBe(false);
    expect(mostShared(own, ({ prompt }) => promptSkeleton(prompt!))).toBeGreaterThan(members.length / 2);
  });

  test('its accounts take turns: few are awake in the same quarter of an hour', () => {
    expect(meanHolders('slow-drip')).toBeLessThan(0.25);
  });

  test('blank-page sends no text of any kind, and only cards, devices and rhythm tie it', () => {
    const own = exchangesOf('blank-page');
    expect(own.length).toBeGreaterThan(200);
    expect(
      own.filter(({ prompt, system_prompt, prompt_template }) => prompt ?? system_prompt ?? prompt_template),
    ).toEqual([]);
    expect(mostShared(accountsOf('blank-page'), (account) => account.device_fingerprint)).toBeGreaterThan(2);
    expect(meanHolders('blank-page')).toBeGreaterThan(0.35);
  });

  test('metronome asks for reasoning in bins that all of its accounts keep, from addresses that nobody shares', () => {
    const own = exchangesOf('metronome');
    expect(meanHolders('metronome')).toBeGreaterThan(0.3);
    const reasoning = own.filter((each) => PATTERN_CLASSES[classifyPrompt(each)] === 'reasoning_elicitation');
    expect(reasoning.length / own.length).toBeGreaterThan(0.9);
    expect(mostShared(own, ({ ip }) => ip)).toBeLessThan(3);
  });
});

describe('knobs', () => {
  test('a world without campaigns holds honest people alone', () => {
    const honest = simulateWorld({ scale: 'small', seed: 7, endsAt, knobs: { campaigns: 0 } });
    expect(honest.truth.positives).toEqual({});
    expect(honest.truth.accounts).toBe(Object.keys(truth.segments).length);
  });

  test('turning one evasion up changes its campaign and no other', () => {
    const turned = simulateWorld({ scale: 'small', seed: 7, endsAt, knobs: { 'hydra-card-seats': 2 } });
    const cards = (of: Iterable<WeirRecord>, campaign: string) => {
      const held = [...of].flatMap((each) =>
        each.record === 'account' && turned.truth.positives[each.account_id] === campaign
          ? (each.payment_fingerprint ?? [])
          : [],
      );
      return new Set(held).size;
    };
    const after = [...turned.records];
    expect(cards(after, 'low-tide')).toBeGreaterThan(3 * cards(records, 'low-tide'));
    expect(cards(after, 'metronome')).toBe(cards(records, 'metronome'));
  });
});

describe('honest people', () => {
  const honest = exchanges.filter(({ account_id }) => truth.segments[account_id]);

  test('rarely share a template, apart from the viral prompt, the lab’s rubric, the assignment and the agent’s system prompt', () => {
    const others = honest.filter(
      ({ account_id }) =>
        !['viral-prompt', 'evaluation-lab', 'course', 'university'].includes(partOf(account_id)),
    );
    const skeletons = groupBy(others, ({ prompt }) => promptSkeleton(prompt!));
    const shared = [...skeletons.values()].filter(
      (group) => new Set(group.map((item) => item.account_id)).size > 1,
    );
    expect(skeletons.size).toBeGreaterThan(200);
    expect(shared.length / skeletons.size).toBeLessThan(0.02);
    expect(mostShared(exchangesOf('viral-prompt'), ({ prompt }) => prompt)).toBeGreaterThan(
      0.8 * accountsOf('viral-prompt').length,
    );
    expect(mostShared(honest, ({ system_prompt }) => system_prompt)).toBeGreaterThan(
      0.18 * Object.keys(truth.segments).length,
    );
  });

  test('look alike where they should: one campus address, one company card, few VPN exits, one reseller’s client', () => {
    expect(mostShared(exchangesOf('university'), ({ ip }) => ip)).toBeGreaterThan(
      0.7 * accountsOf('university').length,
    );
    expect(mostShared(accountsOf('university'), ({ device_fingerprint }) => device_fingerprint)).toBe(1);
    expect(
      groupBy(accountsOf('verified-company'), ({ payment_fingerprint }) => payment_fingerprint).size,
    ).toBe(1);
    expect(accountsOf('verified-company').every((account) => account.verified_organization)).toBe(true);
    expect(groupBy(exchangesOf('vpn'), ({ ip }) => ip).size).toBeLessThan(10);
    expect(
      groupBy(exchangesOf('declared-reseller'), ({ client_fingerprint }) => client_fingerprint).size,
    ).toBe(1);
    expect(accountsOf('evaluation-lab').some((account) => account.verified_organization)).toBe(false);
  });

  test('jobs at the top of the hour fall into the same bins; users of one agent share its huge prompt', () => {
    const jobs = exchangesOf('batch-jobs');
    expect(jobs.every(({ occurred_at }) => Date.parse(occurred_at) % 3_600_000 < 180_000)).toBe(true);
    expect(mostShared(jobs, ({ prompt }) => promptSkeleton(prompt!))).toBeLessThan(3);
    const crowd = exchangesOf('agent-crowd');
    expect(crowd.every(({ system_prompt }) => system_prompt!.length > 4000)).toBe(true);
    expect(mostShared(crowd, ({ client_fingerprint }) => client_fingerprint)).toBe(
      groupBy(crowd, ({ account_id }) => account_id).size,
    );
    expect(mostShared(accountsOf('agent-crowd'), ({ device_fingerprint }) => device_fingerprint)).toBe(1);
  });

  test('students paste the same assignments by the score', () => {
    const pasted = exchangesOf('university').filter(({ prompt }) => prompt!.startsWith('Problem set'));
    expect(mostShared(pasted, ({ prompt }) => prompt)).toBeGreaterThan(accountsOf('university').length / 3);
  });
});

test('the demo has about 3,500 accounts and 150,000 exchanges', () => {
  const demo = simulateWorld({ scale: 'demo', seed: 1, endsAt });
  for (const _ of demo.records);
  const count = Object.values(demo.truth.exchanges).reduce((sum, each) => sum + each, 0);
  expect(demo.truth.accounts).toBeGreaterThan(3200);
  expect(demo.truth.accounts).toBeLessThan(3800);
  expect(count).toBeGreaterThan(140_000);
  expect(count).toBeLessThan(175_000);
});

test('an end that is no date is refused', () => {
  expect(() => simulateWorld({ scale: 'small', seed: 1, endsAt: new Date('never') })).toThrow(RangeError);
});
