/**
 * The synchronized farm: one scheduler deals synthetic-data and rewriting work to all accounts in the same
 * 15-minute bins, and two cards pay for everything.
 */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import {
  addressIn,
  asnOf,
  fingerprint,
  hostingPrefix,
  SDK_CLIENTS,
  scriptedMail,
  scriptedMailHost,
} from '../infrastructure';
import { REWRITE_TEMPLATES, SYNTHETIC_TEMPLATES, taskPrompt } from '../prompts/extraction-prompts';
import type { Sentence } from '../prompts/grammar';
import { ringTemplates } from '../prompts/ring-prompts';
import { dealtByTask } from '../prompts/topics';
import { inBins, scheduledBins } from '../rhythms';
import { DAY_MS, HOUR_MS } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { isoTime } from './people';

/** The farm signs up within some hours of this day and works from the next one on. */
const SIGN_UP_DAY = 8;
const FIRST_TASK = 52_000;

export function buildPaperMill(context: BuildContext): AccountPlan[] {
  const { random, size, clock, knobs } = context;
  const from = clock.start + (SIGN_UP_DAY + 1) * DAY_MS;
  const binsADay = (size.exchanges * DAY_MS) / (clock.end - from) / knobs['farm-attendance'];
  const prefixes = Array.from({ length: 3 }, () => hostingPrefix(random));
  const farm: Farm = {
    from,
    prefixes,
    binsOf: scheduledBins(random, binsADay),
    synthetic: random.shuffle([...SYNTHETIC_TEMPLATES, ...ringTemplates('synthetic', 2, random)]).slice(0, 3),
    rewrite: random.shuffle([...REWRITE_TEMPLATES, ...ringTemplates('rewrite', 2, random)]).slice(0, 2),
    mail: scriptedMail(random),
    host: scriptedMailHost(random),
  };
  return Array.from({ length: size.accounts }, (_, ordinal) => makeAccount(context, farm, ordinal));
}

interface Farm {
  from: number;
  prefixes: readonly string[];
  synthetic: readonly Sentence[];
  rewrite: readonly Sentence[];
  mail: string;
  host: string;
  binsOf(dayStart: number, dayEnd: number): readonly number[];
}

function makeAccount(context: BuildContext, farm: Farm, ordinal: number): AccountPlan {
  const { clock, size, knobs } = context;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const signUp = Math.floor(clock.start + SIGN_UP_DAY * DAY_MS + random.between(0, 6) * HOUR_MS);
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: 'pay_as_you_go',
    country: 'SG',
    email_domain: farm.host,
    email_pattern: random.pick([farm.mail, 'word.word']),
    payment_fingerprint: fingerprint('pm', `paper-mill/${ordinal % 2}`),
    device_fingerprint: fingerprint('dev', id),
    signup_ip: addressIn(farm.prefixes[0]!, random),
    monthly_spend_usd: Math.round(random.between(9000, 11_000)) / 100,
    status: 'active',
    last_paid_at: isoTime(clock.end - 3 * DAY_MS),
  };
  const modelAt = pivotingModel(clock, knobs.pivot, random);
  const client = SDK_CLIENTS[2]!;
  let dealt = 0;

  return {
    account,
    part: { campaign: 'paper-mill' },
    from: farm.from,
    until: clock.end,
    planDay: (start, end) =>
      inBins(
        farm.binsOf(start, end).filter(() => random.chance(knobs['farm-attendance'])),
        random,
      ),
    compose(at) {
      const task = FIRST_TASK + ordinal + size.accounts * dealt++;
      const pool = dealtByTask(task, 1, 5) < 2 ? farm.rewrite : farm.synthetic;
      const prompt = taskPrompt(pool[dealtByTask(task, 2, pool.length)]!, task, random);
      const ip = addressIn(random.pick(farm.prefixes), random);
      return {
        model: modelAt(at),
        access_path: 'first_party_api',
        ip,
        asn: asnOf(ip),
        user_agent: client.userAgent,
        client_fingerprint: client.fingerprint,
        api_key_id: fingerprint('key', id),
        input_tokens: Math.ceil(prompt.length / 4),
        output_tokens: Math.ceil(2600 * random.longTailed(0.3)),
        prompt,
      };
    },
  };
}
