/** How an honest person is made: own card, own device, own addresses, own rhythm; groups then share some of it. */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext, ExchangeContent } from '../account-plan';
import {
  AGENT_CLIENT,
  AGENT_SYSTEM_PROMPT,
  AGENT_TOOLS,
  asnOf,
  BROWSER_CLIENTS,
  type Client,
  commonMail,
  fingerprint,
  homeAddress,
  mobileAddress,
  SDK_CLIENTS,
  someCountry,
} from '../infrastructure';
import { codingPrompt, everydayPrompt, followUp } from '../prompts/everyday-prompts';
import type { Random } from '../random';
import { humanDay } from '../rhythms';
import type { Segment } from '../scales';
import { DAY_MS, NEW_MODEL, OLD_MODEL, SMALL_MODEL, type WorldClock } from '../world-clock';

/** A third of everybody holds the popular agent's system prompt. */
export const AGENT_USERS = 1 / 3;

/** Who uses the API works with it and pays; most of those who chat do not. */
const PAYING_API_USERS = 0.88;
const PAYING_WEB_USERS = 0.38;

export interface Traits {
  segment: Segment;
  /** Fields that differ from an ordinary person's; `undefined` takes one away. */
  account?: Partial<AccountRecord>;
  /** Uses the popular coding agent for this share of conversations. */
  agentShare?: number;
  client?: Client;
  accessPath?: string;
  utcOffset?: number;
  weekend?: number;
  pickAddress?: (random: Random) => string;
  /** A first message of their own instead of an everyday one. */
  pickPrompt?: (random: Random, at: number) => string | null;
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Most accounts are older than the window, up to two years; some join while it runs. */
function someSignUp(clock: WorldClock, random: Random): number {
  return random.chance(0.25)
    ? random.between(clock.start, clock.end - 8 * DAY_MS)
    : clock.start - random.between(1, 700) * DAY_MS;
}

/** Honest people try a new model when they hear of it: days or weeks later, or never. */
function modelChooser(clock: WorldClock, random: Random): (at: number) => string {
  const usual = random.chance(0.25) ? SMALL_MODEL : OLD_MODEL;
  const adoptsAt = clock.newRelease - Math.log(1 - random.next()) * 14 * DAY_MS;
  return (at) => (at > adoptsAt && random.chance(0.7) ? NEW_MODEL : usual);
}

export function person(context: BuildContext, traits: Traits): AccountPlan {
  const { clock, size, nextAccountId } = context;
  const id = nextAccountId();
  const random = context.random.fork(id);
  const { country, utcOffset } = someCountry(random);
  const signUp = traits.account?.created_at
    ? Date.parse(traits.account.created_at)
    : someSignUp(clock, random);
  const home = homeAddress(random);
  const mobile = random.chance(0.35) ? mobileAddress(random) : null;
  const pickAddress = traits.pickAddress ?? ((each) => (mobile && each.chance(0.3) ? mobile : home));
  const client = traits.client ?? random.pick(random.chance(0.75) ? BROWSER_CLIENTS : SDK_CLIENTS);
  const usesApi = client.accessPath !== 'web' || (traits.agentShare ?? 0) > 0;
  const pays = random.chance(usesApi ? PAYING_API_USERS : PAYING_WEB_USERS);
  // Some who never paid left a card for the credit that newcomers get.
  const isVerified = pays || (usesApi && random.chance(0.5));
  const unpaidPlan = usesApi ? 'free_credit' : 'free';
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: pays ? random.pick(usesApi ? ['pay_as_you_go', 'pay_as_you_go', 'pro'] : ['pro']) : unpaidPlan,
    country,
    ...commonMail(random),
    ...(isVerified && { payment_fingerprint: fingerprint('pm', id) }),
    ...(random.chance(0.6) && { phone_fingerprint: fingerprint('ph', id) }),
    device_fingerprint: fingerprint('dev', id),
    signup_ip: pickAddress(random),
    monthly_spend_usd: pays
      ? Math.round((usesApi ? 4000 : 2000) * random.longTailed(usesApi ? 1 : 0.2)) / 100
      : 0,
    status: 'active',
    ...(pays && { last_paid_at: isoTime(Math.max(signUp, clock.end - random.between(1, 30) * DAY_MS)) }),
    ...traits.account,
  };
  const from = Math.max(signUp, clock.start);
  const habits = {
    perDay: (size.exchanges * random.longTailed(1) * DAY_MS) / (clock.end - clock.start),
    utcOffset: traits.utcOffset ?? utcOffset,
    weekend: traits.weekend ?? random.between(0.4, 1.1),
  };
  // Those who joined late would otherwise leave less behind than their group is said to.
  habits.perDay *= Math.min(3, (clock.end - clock.start) / (clock.end - from));

  const modelAt = modelChooser(clock, random);
  const keyId = fingerprint('key', id);
  let conversation = 0;
  let withAgent = false;
  let address = pickAddress(random);

  function compose(at: number, turn: number): ExchangeContent {
    if (turn === 0) {
      conversation++;
      withAgent = random.chance(traits.agentShare ?? 0);
      address = pickAddress(random);
    }
    const used = withAgent ? AGENT_CLIENT : client;
    const own = turn === 0 && !withAgent ? traits.pickPrompt?.(random, at) : null;
    const prompt =
      own ?? (withAgent ? codingPrompt(random) : turn === 0 ? everydayPrompt(random) : followUp(random));
    return {
      model: modelAt(at),
      access_path: traits.accessPath ?? used.accessPath,
      ip: address,
      asn: asnOf(address),
      user_agent: used.userAgent,
      client_fingerprint: used.fingerprint,
      ...(used.accessPath !== 'web' && { api_key_id: keyId }),
      session_id: fingerprint('sess', `${id}/${conversation}`),
      input_tokens:
        Math.ceil(prompt.length / 4) + turn * random.int(400) + (withAgent ? 2000 + random.int(9000) : 0),
      output_tokens: Math.ceil(320 * random.longTailed(0.9)),
      ...(withAgent && { tool_names: AGENT_TOOLS, system_prompt: AGENT_SYSTEM_PROMPT }),
      prompt,
    };
  }

  return {
    account,
    part: { segment: traits.segment },
    from,
    until: clock.end,
    planDay: (dayStart, dayEnd) => humanDay(habits, dayStart, dayEnd, random),
    compose,
  };
}
