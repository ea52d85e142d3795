import { describe, expect, test } from 'vitest';
import { classifyPrompt } from '@/lib/ingest/sketch/classify-prompt';
import { promptSkeleton } from '@/lib/ingest/sketch/prompt-skeleton';
import { PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import type { AccountRecord, ExchangeRecord } from '@/lib/records/schema';
import { SCALES } from '../scales';
import { simulateWorld } from '../simulate-world';
import { DAY_MS, NEW_MODEL, worldClock } from '../world-clock';

const endsAt = new Date('2026-09-30T12:34:56Z');
const clock = worldClock(endsAt);
const world = simulateWorld({ scale: 'demo', seed: 3, endsAt });
const partOf = (id: string) => world.truth.positives[id] ?? world.truth.segments[id]!;
const accounts = new Map<string, Map<string, AccountRecord>>();
const exchanges = new Map<string, ExchangeRecord[]>();
for (const record of world.records) {
  if (record.record === 'account') {
    const part = partOf(record.account_id);
    const members = accounts.get(part) ?? new Map<string, AccountRecord>();
    accounts.set(part, members.set(record.account_id, record));
  } else if (record.record === 'exchange') {
    const part = partOf(record.account_id);
    const own = exchanges.get(part) ?? [];
    own.push(record);
    exchanges.set(part, own);
  }
}

const accountsOf = (part: string) => [...(accounts.get(part)?.values() ?? [])];
const exchangesOf = (part: string) => exchanges.get(part) ?? [];
const ringNames = [...accounts.keys()].filter((part) => part.startsWith('ring-')).sort();
const daysOf = (part: string) =>
  exchangesOf(part).map(({ occurred_at }) => (Date.parse(occurred_at) - clock.start) / DAY_MS);
const distinct = <T>(items: readonly T[]) => new Set(items.filter((item) => item !== undefined)).size;
const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean) =>
  items.filter(holds).length / items.length;
const isPaying = (account: AccountRecord) =>
  (account.monthly_spend_usd ?? 0) > 0 && account.last_paid_at !== undefined;
const owesNothing = (account: AccountRecord) =>
  account.monthly_spend_usd === 0 && account.last_paid_at === undefined;
const classShare = (part: string, name: string) =>
  shareOf(exchangesOf(part), (exchange) => PATTERN_CLASSES[classifyPrompt(exchange)] === name);
/** Share of the accounts that hold the value which most of them hold. */
const held = (part: string, pick: (exchange: ExchangeRecord) => string | null | undefined) => {
  const holders = new Map<string, Set<string>>();
  for (const exchange of exchangesOf(part)) {
    const value = pick(exchange);
    if (value) holders.set(value, (holders.get(value) ?? new Set()).add(exchange.account_id));
  }
  return Math.max(0, ...[...holders.values()].map((ids) => ids.size)) / accountsOf(part).length;
};
const templateHeld = (part: string) => held(part, ({ prompt }) => promptSkeleton(prompt!));

describe('rings', () => {
  test('are fourteen operations of about 6 to 45 accounts, about 300 accounts and 9,000 exchanges in all', () => {
    expect(ringNames).toHaveLength(14);
    const sizes = ringNames.map((name) => accountsOf(name).length);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(54);
    const all = sizes.reduce((sum, size) => sum + size);
    expect(Math.abs(all / SCALES.demo.rings.accounts - 1)).toBeLessThan(0.15);
    const count = ringNames.reduce((sum, name) => sum + exchangesOf(name).length, 0);
    expect(count).toBeGreaterThan(6000);
    expect(count).toBeLessThan(12_500);
  });

  test('are three in the small world and repeat under new names in larger ones', () => {
    const ringsIn = (scale: 'small' | 'medium') => {
      const { truth } = simulateWorld({ scale, seed: 3, endsAt });
      return distinct(Object.values(truth.positives).filter((name) => name.startsWith('ring-')));
    };
    expect(ringsIn('small')).toBe(3);
    expect(ringsIn('medium')).toBe(28);
  });

  test('have ages of their own: one began in the last days, one ended weeks ago with bans, one slept until the release', () => {
    expect(Math.min(...daysOf('ring-01'))).toBeGreaterThan(42);
    expect(Math.max(...daysOf('ring-06'))).toBeLessThan(23);
    expect(accountsOf('ring-06').filter(({ status }) => status === 'banned').length).toBeGreaterThan(3);
    const release = (clock.newRelease - clock.start) / DAY_MS;
    expect(shareOf(daysOf('ring-07'), (day) => day >= release)).toBeGreaterThan(0.75);
    const late = exchangesOf('ring-07').filter(
      (item) => Date.parse(item.occurred_at) > clock.newRelease + DAY_MS,
    );
    expect(shareOf(late, ({ model }) => model === NEW_MODEL)).toBeGreaterThan(0.5);
  });

  test('share other things each: devices, phones, cards with one program, a scheduler, or nothing but words', () => {
    expect(distinct(accountsOf('ring-02').map((account) => account.device_fingerprint))).toBe(4);
    expect(accountsOf('ring-02').every((account) => account.payment_fingerprint === undefined)).toBe(true);
    expect(distinct(accountsOf('ring-03').map((account) => account.phone_fingerprint))).toBe(3);
    expect(distinct(accountsOf('ring-04').map((account) => account.payment_fingerprint))).toBe(3);
    expect(distinct(exchangesOf('ring-04').map((exchange) => exchange.client_fingerprint))).toBe(1);
    expect(distinct(exchangesOf('ring-04').map((exchange) => exchange.access_path))).toBe(3);
    const bought = accountsOf('ring-08');
    expect(distinct(bought.map((account) => account.device_fingerprint))).toBe(bought.length);
    expect(bought.every((account) => !account.payment_fingerprint && !account.phone_fingerprint)).toBe(true);
    expect(templateHeld('ring-08')).toBe(1);
    const bins = new Map<number, Set<string>>();
    for (const { occurred_at, account_id } of exchangesOf('ring-11')) {
      const bin = Math.floor(Date.parse(occurred_at) / 900_000);
      bins.set(bin, (bins.get(bin) ?? new Set()).add(account_id));
    }
    expect(shareOf([...bins.values()], (ids) => ids.size >= 8)).toBeGreaterThan(0.7);
  });

  test.each([
    ['ring-01', 'safe_rewrite', 0.8],
    ['ring-05', 'rubric_grading', 0.8],
    ['ring-06', 'synthetic_data', 0.9],
    ['ring-07', 'reasoning_elicitation', 0.8],
    ['ring-11', 'synthetic_data', 0.6],
    ['ring-13', 'tool_use_harvest', 0.7],
  ])('%s harvests one family, %s, in words that all of its accounts share', (name, family, least) => {
    expect(classShare(name, family)).toBeGreaterThan(least);
    expect(templateHeld(name)).toBeGreaterThan(0.9);
  });

  test('word their templates each for itself', () => {
    const templatesOf = (name: string) =>
      new Set(
        exchangesOf(name)
          .filter((exchange) => PATTERN_CLASSES[classifyPrompt(exchange)] === 'rubric_grading')
          .map(({ prompt }) => promptSkeleton(prompt!)),
      );
    const others = templatesOf('ring-05');
    expect([...templatesOf('ring-14')].filter((skeleton) => skeleton && others.has(skeleton))).toEqual([]);
  });

  test.each(['ring-02', 'ring-03', 'ring-04', 'ring-10'])('%s sends what ordinary people send', (name) => {
    expect(classShare(name, 'other')).toBeGreaterThan(0.95);
  });
});

describe('money', () => {
  test('the hydra lives on credit: about one account in twenty pays, the others were only verified', () => {
    const paying = accountsOf('low-tide').filter(isPaying);
    expect(paying.length / accountsOf('low-tide').length).toBeGreaterThan(0.025);
    expect(paying.length / accountsOf('low-tide').length).toBeLessThan(0.08);
    const unpaid = accountsOf('low-tide').filter((account) => !isPaying(account));
    expect(unpaid.every((account) => owesNothing(account) && account.plan === 'free_credit')).toBe(true);
    expect(shareOf(unpaid, (account) => account.payment_fingerprint !== undefined)).toBeGreaterThan(0.7);
    expect(paying.every((account) => account.payment_fingerprint !== undefined)).toBe(true);
  });

  test('glasshouse does not pay, paper-mill does', () => {
    expect(accountsOf('glasshouse').every(owesNothing)).toBe(true);
    expect(accountsOf('paper-mill').every(isPaying)).toBe(true);
  });

  test('students and guests of a hackathon pay nothing, companies and agencies all, most who use an agent do', () => {
    for (const part of ['university', 'course', 'hackathon']) {
      expect([part, accountsOf(part).every(owesNothing)]).toEqual([part, true]);
    }
    for (const part of ['verified-company', 'agency', 'declared-reseller', 'evaluation-lab']) {
      expect([part, accountsOf(part).every(isPaying)]).toEqual([part, true]);
    }
    expect(shareOf(accountsOf('popular-agent'), isPaying)).toBeGreaterThan(0.75);
    expect(shareOf(accountsOf('ordinary'), isPaying)).toBeGreaterThan(0.4);
    expect(shareOf(accountsOf('ordinary'), isPaying)).toBeLessThan(0.7);
  });

  test('nobody pays without a card, and everybody either pays or owes nothing', () => {
    const everybody = [...accounts.keys()].flatMap(accountsOf);
    expect(everybody.filter((account) => isPaying(account) && !account.payment_fingerprint)).toEqual([]);
    expect(everybody.filter((account) => !isPaying(account) && !owesNothing(account))).toEqual([]);
  });
});

describe('small honest groups', () => {
  test('a course shares one assignment’s text and one campus address, and hurries before the deadline', () => {
    expect(templateHeld('course')).toBeGreaterThan(0.9);
    expect(held('course', ({ ip }) => ip)).toBeGreaterThan(0.9);
    const extraction = shareOf(
      exchangesOf('course'),
      (item) => PATTERN_CLASSES[classifyPrompt(item)] !== 'other',
    );
    expect(extraction).toBeLessThan(0.05);
    const pasted = exchangesOf('course').filter(({ prompt }) => prompt!.startsWith('Assignment 3'));
    const times = pasted.map(({ occurred_at }) => Date.parse(occurred_at));
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(3 * DAY_MS);
    const lastDay = times.filter((at) => at > Math.max(...times) - DAY_MS);
    expect(lastDay.length / times.length).toBeGreaterThan(0.6);
  });

  test('an agency shares one card and one office address, no verification, and hardly a template', () => {
    const seats = accountsOf('agency');
    expect(distinct(seats.map((account) => account.payment_fingerprint))).toBe(Math.ceil(seats.length / 8));
    expect(seats.some((account) => account.verified_organization)).toBe(false);
    expect(held('agency', ({ ip }) => ip)).toBeGreaterThan(0.35);
    expect(templateHeld('agency')).toBeLessThan(0.5);
  });

  test('a hackathon signs up on one morning, works two days behind one venue and shares a starter kit', () => {
    const guests = accountsOf('hackathon');
    const signUps = guests.map((account) => Date.parse(account.created_at));
    expect(Math.max(...signUps) - Math.min(...signUps)).toBeLessThan(DAY_MS / 4);
    expect(Math.max(...daysOf('hackathon')) - Math.min(...daysOf('hackathon'))).toBeLessThan(2);
    expect(held('hackathon', ({ system_prompt }) => system_prompt)).toBeGreaterThan(0.9);
    expect(distinct(guests.map((account) => account.device_fingerprint))).toBe(guests.length);
  });
});
