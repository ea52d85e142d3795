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
} from '../infrastructure';
import { codingPrompt, everydayPrompt, followUp } from '../prompts/everyday-prompts';
import { REASONING_TEMPLATES, RUBRIC_TEMPLATES, taskPrompt } from '../prompts/extraction-prompts';
import { dealtByTask } from '../prompts/topics';
import type { Random } from '../random';
import { shareOfQuota, spread } from '../rhythms';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { AGENT_USERS, isoTime } from './people';

/** Days after the window's start on which a wave signs up, and its share of the accounts. */
const WAVES = [
  { day: 0.5, share: 0.3 },
  { day: 9, share: 0.25 },
  { day: 18, share: 0.25 },
  { day: 27, share: 0.2 },
] as const;
/** Of the first two waves, so many are banned, and each is replaced by a new account. */
const BANNED_SHARE = 0.12;
const CUSTOMER_TRAFFIC = 0.15;
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
  const { random, size, clock } = context;
  const pools = makePools(size.accounts, random);
  const originals = Math.round(size.accounts / (1 + BANNED_SHARE * (WAVES[0].share + WAVES[1].share)));
  const plans: AccountPlan[] = [];
  const replacements: Seat[] = [];
  WAVES.forEach((wave, index) => {
    const isLast = index === WAVES.length - 1;
    const before = Math.round(originals * WAVES.slice(0, index).reduce((sum, { share }) => sum + share, 0));
    const count = isLast ? originals - before : Math.round(originals * wave.share);
    for (let i = 0; i < count; i++) {
      // Two bursts of some hours each, and stragglers.
      const burst = wave.day + (i % 5 === 4 ? random.between(0, 3) : (i % 2) * 0.6 + random.between(0, 0.12));
      const seat = takeSeat(index, clock.start + burst * DAY_MS, pools, random);
      const bannedAt =
        index < 2 && random.chance(BANNED_SHARE) ? clock.start + random.between(22, 36) * DAY_MS : undefined;
      plans.push(makeAccount(context, seat, pools, plans.length, bannedAt));
      if (bannedAt) replacements.push({ ...seat, signUp: bannedAt + random.between(2, 30) * HOUR_MS });
    }
  });
  for (const seat of replacements) plans.push(makeAccount(context, seat, pools, plans.length));
  return plans;
}

function makePools(accounts: number, random: Random): Pools {
  const many = <T>(count: number, make: (i: number) => T) =>
    Array.from({ length: Math.max(2, Math.round(count)) }, (_, i) => make(i));
  return {
    cards: many(accounts / 30, (i) => fingerprint('pm', `low-tide/${i}`)),
    devices: many(accounts / 6, (i) => fingerprint('dev', `low-tide/${i}`)),
    phones: many(accounts / 10, (i) => fingerprint('ph', `low-tide/${i}`)),
    prefixes: many(Math.min(8, accounts / 20), () => hostingPrefix(random)),
    proxies: many(accounts * 8, () => homeAddress(random)),
    clients: many(4, (i) => clientFingerprint(`low-tide proxy ${i}`)),
  };
}

/** Each wave works with a stretch of every pool; stretches overlap, which is what ties the waves together. */
function fromStretch(pool: readonly string[], wave: number, random: Random): string {
  const start = (wave / WAVES.length) * 0.8;
  return pool[Math.floor(random.between(start, start + 0.4) * pool.length) % pool.length] as string;
}

function takeSeat(wave: number, signUp: number, pools: Pools, random: Random): Seat {
  return {
    wave,
    signUp,
    device: fromStretch(pools.devices, wave, random),
    ...(random.chance(0.8) && { card: fromStretch(pools.cards, wave, random) }),
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
  const { clock, size } = context;
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
    email_domain: random.pick(['mail.example.com', 'quickbox.example.net', 'quickbox.example.net']),
    email_pattern: random.chance(0.7) ? 'consonants8.NNN' : 'firstNN',
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
  const modelAt = pivotingModel(clock, random);
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
      const isCustomer = random.chance(CUSTOMER_TRAFFIC);
      const task = ordinal + size.accounts * dealt;
      if (!isCustomer) dealt++;
      const isAgent = isCustomer && random.chance(AGENT_USERS);
      const prompt = isAgent
        ? codingPrompt(random)
        : isCustomer
          ? customerPrompt(random)
          : listPrompt(task, seat.wave, random);
      const ip = random.chance(0.75)
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
function listPrompt(task: number, wave: number, random: Random): string {
  const pool =
    dealtByTask(task, 1, 4) === 0 ? RUBRIC_TEMPLATES : REASONING_TEMPLATES.filter((_, i) => i !== wave);
  return taskPrompt(pool[dealtByTask(task, 2, pool.length)]!, task, random);
}
