/** Small operations after the recipes, one after the other until the group's accounts are used up. */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import {
  addressIn,
  asnOf,
  BROWSER_CLIENTS,
  clientFingerprint,
  commonMail,
  fingerprint,
  homeAddress,
  hostingPrefix,
  SDK_CLIENTS,
  someCountry,
} from '../infrastructure';
import { everydayPrompt, followUp } from '../prompts/everyday-prompts';
import { taskPrompt } from '../prompts/extraction-prompts';
import type { Sentence } from '../prompts/grammar';
import { ringSystemPrompt, ringTemplates } from '../prompts/ring-prompts';
import { dealtByTask } from '../prompts/topics';
import type { Random } from '../random';
import type { Campaign } from '../scales';
import { DAY_MS, MINUTE_MS, OLD_MODEL } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { isoTime } from './people';
import { RING_RECIPES, type RingRecipe } from './ring-recipes';
import { plannerOf } from './ring-rhythm';

/** Tasks of rings are numbered apart from those of the campaigns, a stretch for each ring. */
const FIRST_TASK = 60_000;
const TASKS_OF_A_RING = 2_003;
const MAIL_HOST = 'mail.example.com';

interface Ring {
  name: Campaign;
  number: number;
  accounts: number;
  recipe: RingRecipe;
  random: Random;
  prefix: string;
  address: string;
  templates: readonly Sentence[];
  systemPrompt?: string;
}

export function buildRings(context: BuildContext): AccountPlan[] {
  const plans: AccountPlan[] = [];
  const spread = context.knobs['size-spread'];
  let planned = 0;
  for (let number = 1; planned < context.size.accounts; number++) {
    const recipe = RING_RECIPES[(number - 1) % RING_RECIPES.length]!;
    const middle = Math.min(recipe.accounts, context.size.accounts - planned);
    planned += middle;
    const times = context.random.fork(`size/${number}`).between(1 - spread, 1 + spread);
    const ring = makeRing(context, recipe, number, Math.round(middle * times));
    for (let ordinal = 0; ordinal < ring.accounts; ordinal++) plans.push(makeAccount(context, ring, ordinal));
  }
  return plans;
}

function makeRing(context: BuildContext, recipe: RingRecipe, number: number, accounts: number): Ring {
  const name: Campaign = `ring-${String(number).padStart(2, '0')}`;
  const random = context.random.fork(name);
  const prefix = hostingPrefix(random);
  const { work } = recipe;
  return {
    name,
    number,
    accounts,
    recipe,
    random,
    prefix,
    address: addressIn(prefix, random),
    templates: work ? ringTemplates(work.family, work.templates, random) : [],
    ...(work?.systemPrompt && { systemPrompt: ringSystemPrompt(random) }),
  };
}

/** The identity of an account: from the ring's pools, or its own where it does not hold the pool's. */
function identityOf(id: string, ring: Ring, random: Random) {
  const { pools, holding = 1, own = [] } = ring.recipe;
  const value = (kind: 'payment' | 'phone' | 'device', prefix: 'pm' | 'ph' | 'dev') => {
    const size = pools[kind];
    if (size !== undefined && random.chance(holding)) {
      return fingerprint(prefix, `${ring.name}/${random.int(size)}`);
    }
    return own.includes(kind) || kind === 'device' ? fingerprint(prefix, id) : undefined;
  };
  return { payment: value('payment', 'pm'), phone: value('phone', 'ph'), device: value('device', 'dev') };
}

/** Plan, spend and card: an account that pays has one, from the ring's pool or its own. */
function moneyOf(
  { money }: RingRecipe,
  id: string,
  payment: string | undefined,
  signUp: number,
  context: BuildContext,
  random: Random,
): Partial<AccountRecord> {
  const card = payment && { payment_fingerprint: payment };
  if (money === 'programme') {
    return { plan: 'education', program: 'education', monthly_spend_usd: 0, ...card };
  }
  if (money === 'trial' || !random.chance(money)) {
    return { plan: card ? 'free_credit' : 'free', monthly_spend_usd: 0, ...card };
  }
  return {
    plan: 'pay_as_you_go',
    payment_fingerprint: payment ?? fingerprint('pm', id),
    monthly_spend_usd: Math.round(2200 * random.longTailed(0.5)) / 100,
    last_paid_at: isoTime(Math.max(signUp, context.clock.end - random.between(1, 25) * DAY_MS)),
  };
}

function pickAddress(ring: Ring, home: string, random: Random): string {
  switch (ring.recipe.network) {
    case 'homes':
      return home;
    case 'proxies':
      return homeAddress(random);
    case 'hosting':
      return addressIn(ring.prefix, random);
    case 'office':
      return ring.address;
    case 'part':
      return random.chance(0.6) ? ring.address : homeAddress(random);
  }
}

function makeAccount(context: BuildContext, ring: Ring, ordinal: number): AccountPlan {
  const { clock, size } = context;
  const { recipe } = ring;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const moment = (day: number) => clock.start + day * DAY_MS;
  const signUp = Math.floor(moment(recipe.signUp[0]) + random.between(0, recipe.signUp[1]) * DAY_MS);
  const from = Math.max(moment(recipe.works[0]), signUp + 20 * MINUTE_MS);
  const until = Math.min(clock.end, moment(recipe.works[1]));
  const { payment, phone, device } = identityOf(id, ring, random);
  const { country, utcOffset } = someCountry(random);
  const home = homeAddress(random);
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    country,
    ...(recipe.mail ? { email_domain: MAIL_HOST, email_pattern: recipe.mail } : commonMail(random)),
    ...(phone && { phone_fingerprint: phone }),
    device_fingerprint: device,
    signup_ip: pickAddress(ring, home, random),
    status: 'active',
    ...moneyOf(recipe, id, payment, signUp, context, random),
  };
  const client = random.pick(recipe.work || recipe.paths ? SDK_CLIENTS : BROWSER_CLIENTS);
  const path = recipe.paths ? random.pick(recipe.paths) : client.accessPath;
  const reveals = path === client.accessPath || path === 'reseller';
  const seen = recipe.ownClient ? clientFingerprint(`proxy of ${ring.name}`) : client.fingerprint;
  const modelAt =
    recipe.surge === undefined ? () => OLD_MODEL : pivotingModel(clock, context.knobs.pivot, random);
  const { referral } = recipe.pools;
  let dealt = 0;

  return {
    account,
    part: { campaign: ring.name },
    from,
    until,
    ...(recipe.banned && until < clock.end && random.chance(recipe.banned) && { bannedAt: until }),
    ...(referral && {
      observation: { kind: 'referral_code', value: `R-${500 + ring.number * 8 + random.int(referral)}` },
    }),
    planDay: plannerOf(
      ring,
      { from, until, quota: size.exchanges * recipe.volume, utcOffset },
      clock.newRelease,
      random,
    ),
    compose(at, turn) {
      const isWork = recipe.work !== undefined && random.chance(recipe.work.share);
      const task = FIRST_TASK + ring.number * TASKS_OF_A_RING + ordinal + ring.accounts * dealt;
      if (isWork) dealt++;
      const prompt = isWork
        ? taskPrompt(ring.templates[dealtByTask(task, 2, ring.templates.length)]!, task, random)
        : turn > 0
          ? followUp(random)
          : everydayPrompt(random);
      const ip = pickAddress(ring, home, random);
      return {
        model: modelAt(at),
        access_path: path,
        ip,
        asn: asnOf(ip),
        user_agent: client.userAgent,
        ...(reveals && { client_fingerprint: seen }),
        ...(path !== 'web' && { api_key_id: fingerprint('key', id) }),
        input_tokens: Math.ceil(prompt.length / 4),
        output_tokens: Math.ceil((isWork ? 1300 : 320) * random.longTailed(0.5)),
        ...(isWork && ring.systemPrompt && { system_prompt: ring.systemPrompt }),
        prompt,
      };
    },
  };
}
