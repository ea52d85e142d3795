/**
 * The synchronized reasoning farm: one scheduler deals a list of reasoning tasks to all accounts in the same 15-minute
 * bins, out of residential proxies; cards are shared, phones and devices are not.
 */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import {
  asnOf,
  clientFingerprint,
  fingerprint,
  homeAddress,
  SDK_CLIENTS,
  scriptedMail,
} from '../infrastructure';
import { taskPrompt } from '../prompts/extraction-prompts';
import type { Sentence } from '../prompts/grammar';
import { ringTemplates } from '../prompts/ring-prompts';
import { dealtByTask } from '../prompts/topics';
import { inBins, scheduledBins } from '../rhythms';
import { DAY_MS, MINUTE_MS } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { isoTime } from './people';

const FIRST_TASK = 11_000;

interface Farm {
  opens: number;
  from: number;
  templates: readonly Sentence[];
  cards: number;
  mail: string;
  binsOf: (start: number, end: number) => readonly number[];
}

export function buildMetronome(context: BuildContext): AccountPlan[] {
  const { random, size, clock, knobs } = context;
  const opens = clock.start + random.between(4, 14) * DAY_MS;
  const from = opens + random.between(2, 5) * DAY_MS;
  const perDay = (size.exchanges * DAY_MS) / (clock.end - from) / knobs['farm-attendance'];
  const farm: Farm = {
    opens,
    from,
    templates: ringTemplates('reasoning', 2 + random.int(3), random),
    cards: Math.max(1, Math.round(size.accounts / knobs['farm-card-seats'])),
    mail: scriptedMail(random),
    binsOf: scheduledBins(random, perDay),
  };
  return Array.from({ length: size.accounts }, (_, ordinal) => makeAccount(context, farm, ordinal));
}

function makeAccount(context: BuildContext, farm: Farm, ordinal: number): AccountPlan {
  const { clock, size, knobs } = context;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const signUp = Math.floor(random.between(farm.opens, farm.from));
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: 'free_credit',
    country: random.pick(['US', 'CA', 'GB', 'VN']),
    email_domain: 'mail.example.com',
    email_pattern: farm.mail,
    payment_fingerprint: fingerprint('pm', `metronome/${random.int(farm.cards)}`),
    ...(random.chance(0.5) && { phone_fingerprint: fingerprint('ph', id) }),
    device_fingerprint: fingerprint('dev', id),
    signup_ip: homeAddress(random),
    monthly_spend_usd: 0,
    status: 'active',
  };
  const client = random.pick(SDK_CLIENTS);
  const modelAt = pivotingModel(clock, knobs.pivot, random);
  const strays = () => random.normal() * knobs['farm-jitter-minutes'] * MINUTE_MS;
  let dealt = 0;

  return {
    account,
    part: { campaign: 'metronome' },
    from: farm.from,
    until: clock.end,
    planDay: (start, end) => {
      const kept = farm.binsOf(start, end).filter(() => random.chance(knobs['farm-attendance']));
      return inBins(kept, random).map(({ at, turn }) => ({ at: Math.floor(at + strays()), turn }));
    },
    compose(at) {
      const task = FIRST_TASK + ordinal + size.accounts * dealt++;
      const prompt = taskPrompt(farm.templates[dealtByTask(task, 2, farm.templates.length)]!, task, random);
      const ip = homeAddress(random);
      return {
        model: modelAt(at),
        access_path: 'first_party_api',
        ip,
        asn: asnOf(ip),
        user_agent: client.userAgent,
        client_fingerprint: clientFingerprint(client.userAgent),
        api_key_id: fingerprint('key', id),
        input_tokens: Math.ceil(prompt.length / 4),
        output_tokens: Math.ceil(1900 * random.longTailed(0.4)),
        prompt,
      };
    },
  };
}
