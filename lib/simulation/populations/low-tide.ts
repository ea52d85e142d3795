/**
 * The hydra: a resale operation of many accounts on few cards and devices. Waves of sign-ups, rotating addresses,
 * several ways in, one task list dealt out evenly, real customers' traffic mixed in, half the work on a new
 * model within a day of its release, and banned accounts replaced at once with the same fingerprints. It lives on
 * sign-up credit that its cards were only verified for; a few accounts pay, and serve as its front.
 */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import {
  AGENT_SYSTEM_PROMPT,
  AGENT_TOOLS,
  addressIn,
  asnOf,
  clientFingerprint,
  fingerprint,
  homeAddress,
  hostingPrefix,
  SDK_CLIENTS,
  scriptedMail,
  scriptedMailHost,
} from '../infrastructure';
import type { Knobs } from '../knobs';
import { codingPrompt, everydayPrompt, followUp } from '../prompts/everyday-prompts';
import { REASONING_TEMPLATES, RUBRIC_TEMPLATES, taskPrompt } from '../prompts/extraction-prompts';
import type { Sentence } from '../prompts/grammar';
import { ringTemplates } from '../prompts/ring-prompts';
import { dealtByTask } from '../prompts/topics';
import type { Random } from '../random';
import { shareOfQuota, spread } from '../rhythms';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { AGENT_USERS, isoTime } from './people';

/** Days after the window's start on which a wave signs up, and its share of the accounts, before they are drawn. */
const WAVES = [
  { day: 0.5, share: 0.3 },
  { day: 9, share: 0.25 },
  { day: 18, share: 0.25 },
  { day: 27, share: 0.2 },
] as const;
/** Of the first two waves, so many as the knob says are banned, and each is replaced by a new account. */
const BANNED_WAVES = 2;
/** Of the accounts with a card, so many pay: about 5 % of all. */
const PAYING_SHARE = 0.0625;
const PATHS = [
  'first_party_api',
  'first_party_api',
  'first_party_api',
  'aws_bedrock',
  'gcp_vertex',
  'reseller',
];

interface Pools {
  /** In words of its own; one rubric is a public one. */
  reasoning: readonly Sentence[];
  rubrics: readonly Sentence[];
  mail: string;
  mailHost: string;
  cards: string[];
  devices: string[];
  phones: string[];
  prefixes: string[];
  proxies: string[];
  clients: string[];
}

interface Seat {
  wave: number;
  signUp: number;
  card?: string;
  device: string;
  phone?: string;
}

export function buildLowTide(context: BuildContext): AccountPlan[] {
  const { random, size, clock, knobs } = context;
  const pools = makePools(size.accounts, knobs, random);
  const waves = drawWaves(random);
  const early = waves.slice(0, BANNED_WAVES).reduce((sum, { share }) => sum + share, 0);
  const originals = Math.round(size.accounts / (1 + knobs['hydra-banned'] * early));
  // The provider bans in raids, not one by one.
  const raids = [22, 27, 33].map((day) => clock.start + (day + random.between(-2, 2)) * DAY_MS);
  const plans: AccountPlan[] = [];
  const replacements: Seat[] = [];
  waves.forEach((wave, index) => {
    const isLast = index === waves.length - 1;
    const before = Math.round(originals * waves.slice(0, index).reduce((sum, { share }) => sum + share, 0));
    const count = isLast ? originals - before : Math.round(originals * wave.share);
    for (let i = 0; i < count; i++) {
      // Two bursts of some hours each, and stragglers.
      const burst = wave.day + (i % 5 === 4 ? random.between(0, 3) : (i % 2) * 0.6 + random.between(0, 0.12));
      const seat = takeSeat(index, clock.start + burst * DAY_MS, pools, knobs, random);
      const bannedAt =
        index < BANNED_WAVES && random.chance(knobs['hydra-banned'])
          ? random.pick(raids) + random.between(0, 8) * HOUR_MS
          : undefined;
      plans.push(makeAccount(context, seat, pools, plans.length, bannedAt));
      if (bannedAt) replacements.push(replace(seat, bannedAt, knobs, replacements.length, random));
    }
  });
  for (const seat of replacements) plans.push(makeAccount(context, seat, pools, plans.length));
  return plans;
}

function drawWaves(random: Random): { day: number; share: number }[] {
  const drawn = WAVES.map(({ day, share }, i) => ({
    day: day + (i === 0 ? random.between(-0.3, 0.5) : random.between(-2.5, 2.5)),
    share: share * random.between(0.7, 1.3),
  }));
  const sum = drawn.reduce((total, { share }) => total + share, 0);
  return drawn.map(({ day, share }) => ({ day, share: share / sum }));
}

function replace(seat: Seat, bannedAt: number, knobs: Knobs, number: number, random: Random): Seat {
  const signUp = bannedAt + random.between(1, knobs['hydra-replace-hours']) * HOUR_MS;
  if (!random.chance(knobs['hydra-fresh'])) return { ...seat, signUp };
  const own = (kind: 'pm' | 'dev' | 'ph') => fingerprint(kind, `low-tide/fresh/${number}`);
  return { wave: seat.wave, signUp, card: own('pm'), device: own('dev'), phone: own('ph') };
}

function makePools(accounts: number, knobs: Knobs, random: Random): Pools {
  const many = <T>(count: number, make: (i: number) => T) =>
    Array.from({ length: Math.max(2, Math.round(count)) }, (_, i) => make(i));
  const reasoning = [...REASONING_TEMPLATES, ...ringTemplates('reasoning', 4, random)];
  return {
    reasoning: random.shuffle(reasoning).slice(0, 5 + random.int(4)),
    rubrics: [RUBRIC_TEMPLATES[0]!, ...ringTemplates('rubric', 1 + random.int(2), random)],
    mail: scriptedMail(random),
    mailHost: scriptedMailHost(random),
    cards: many(accounts / knobs['hydra-card-seats'], (i) => fingerprint('pm', `low-tide/${i}`)),
    devices: many(accounts / knobs['hydra-device-seats'], (i) => fingerprint('dev', `low-tide/${i}`)),
    phones: many(accounts / knobs['hydra-phone-seats'], (i) => fingerprint('ph', `low-tide/${i}`)),
    prefixes: many(Math.min(5 + random.int(6), accounts / 20), () => hostingPrefix(random)),
    proxies: many(accounts * knobs['hydra-addresses'], () => homeAddress(random)),
    clients: many(3 + random.int(3), (i) => clientFingerprint(`low-tide proxy ${i}`)),
  };
}

/** Each wave works with a stretch of every pool; stretches overlap, which is what ties the waves together. */
function fromStretch(pool: readonly string[], wave: number, random: Random): string {
  const start = (wave / WAVES.length) * 0.8;
  return pool[Math.floor(random.between(start, start + 0.4) * pool.length) % pool.length] as string;
}

function takeSeat(wave: number, signUp: number, pools: Pools, knobs: Knobs, random: Random): Seat {
  return {
    wave,
    signUp,
    device: fromStretch(pools.devices, wave, random),
    ...(random.chance(knobs['hydra-card-share']) && { card: fromStretch(pools.cards, wave, random) }),
    ...(random.chance(0.7) && { phone: fromStretch(pools.phones, wave, random) }),
  };
}

function makeAccount(
  context: BuildContext,
  seat: Seat,
  pools: Pools,
  ordinal: number,
  bannedAt?: number,
): AccountPlan {
  const { clock, size, knobs } = context;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const signUp = Math.floor(seat.signUp);
  const path = random.pick(PATHS);
  const isDirect = path === 'first_party_api' || path === 'reseller';
  const client = random.pick(SDK_CLIENTS);
  const proxyClient = random.chance(0.7) ? fromStretch(pools.clients, seat.wave, random) : client.fingerprint;
  const pays = seat.card !== undefined && random.chance(PAYING_SHARE);
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: pays ? 'pay_as_you_go' : 'free_credit',
    country: random.pick(['US', 'US', 'GB', 'SG', 'DE', 'JP']),
    email_domain: random.pick(['mail.example.com', pools.mailHost, pools.mailHost]),
    email_pattern: random.chance(0.7) ? pools.mail : 'firstNN',
    ...(seat.card && { payment_fingerprint: seat.card }),
    ...(seat.phone && { phone_fingerprint: seat.phone }),
    device_fingerprint: seat.device,
    signup_ip: random.chance(0.5)
      ? addressIn(random.pick(pools.prefixes), random)
      : random.pick(pools.proxies),
    monthly_spend_usd: pays ? Math.round(random.between(2500, 7000)) / 100 : 0,
    status: 'active',
    ...(pays && { last_paid_at: isoTime(signUp + 2 * HOUR_MS) }),
  };
  const from = signUp + random.between(0.3, 1.5) * DAY_MS;
  const until = bannedAt ?? clock.end;
  const quota = Math.round(size.exchanges * random.between(0.93, 1.07));
  const modelAt = pivotingModel(clock, knobs.pivot, random);
  let dealt = 0;

  return {
    account,
    part: { campaign: 'low-tide' },
    from,
    until,
    bannedAt,
    planDay: (start, end) => {
      const count = shareOfQuota(quota, from, until, start, end);
      return count === 0
        ? []
        : spread(count, Math.max(start, from), Math.min(end, until - MINUTE_MS), random);
    },
    compose(at) {
      const isCustomer = random.chance(knobs['hydra-customers']);
      const task = ordinal + size.accounts * dealt;
      if (!isCustomer) dealt++;
      const isAgent = isCustomer && random.chance(AGENT_USERS);
      const prompt = isAgent
        ? codingPrompt(random)
        : isCustomer
          ? customerPrompt(random)
          : listPrompt(task, seat.wave, pools, random);
      const ip = random.chance(knobs['hydra-residential'])
        ? random.pick(pools.proxies)
        : addressIn(random.pick(pools.prefixes), random);
      return {
        model: modelAt(at),
        access_path: path,
        ip,
        asn: asnOf(ip),
        user_agent: client.userAgent,
        ...(isDirect && { client_fingerprint: proxyClient }),
        api_key_id: fingerprint('key', id),
        input_tokens: Math.ceil(prompt.length / 4),
        output_tokens: Math.ceil((isCustomer ? 320 : 1500) * random.longTailed(0.4)),
        ...(isAgent && { tool_names: AGENT_TOOLS, system_prompt: AGENT_SYSTEM_PROMPT }),
        prompt,
      };
    },
  };
}

const customerPrompt = (random: Random) => (random.chance(0.3) ? followUp(random) : everydayPrompt(random));

/** Three of four tasks ask for reasoning, the others grade; each wave leaves one template out. */
function listPrompt(task: number, wave: number, { reasoning, rubrics }: Pools, random: Random): string {
  const pool = dealtByTask(task, 1, 4) === 0 ? rubrics : reasoning.filter((_, i) => i !== wave);
  return taskPrompt(pool[dealtByTask(task, 2, pool.length)]!, task, random);
}
