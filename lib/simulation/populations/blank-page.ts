/**
 * The campaign without text: the provider may not pass prompts on, so that only cards, devices, networks, rhythm and
 * volume are left to see it by. Its scheduler keeps several accounts at work in each bin and spreads the load.
 */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import {
  addressIn,
  asnOf,
  fingerprint,
  homeAddress,
  hostingPrefix,
  SDK_CLIENTS,
  scriptedMail,
  scriptedMailHost,
} from '../infrastructure';
import { inBins, scheduledBins } from '../rhythms';
import { DAY_MS, HOUR_MS } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { isoTime } from './people';

interface Press {
  opens: number;
  from: number;
  cards: number;
  devices: number;
  prefixes: readonly string[];
  mail: string;
  host: string;
  binsOf: (start: number, end: number) => readonly number[];
}

export function buildBlankPage(context: BuildContext): AccountPlan[] {
  const { random, size, clock, knobs } = context;
  const opens = clock.start + random.between(1, 16) * DAY_MS;
  const from = opens + random.between(1, 3) * DAY_MS;
  const perDay = (size.exchanges * DAY_MS) / (clock.end - from) / knobs['mute-attendance'];
  const pool = (seats: number) => Math.max(1, Math.round(size.accounts / seats));
  const press: Press = {
    opens,
    from,
    cards: pool(knobs['mute-card-seats']),
    devices: pool(knobs['mute-device-seats']),
    prefixes: Array.from({ length: 2 + random.int(4) }, () => hostingPrefix(random)),
    mail: scriptedMail(random),
    host: scriptedMailHost(random),
    binsOf: scheduledBins(random, perDay),
  };
  return Array.from({ length: size.accounts }, () => makeAccount(context, press));
}

function makeAccount(context: BuildContext, press: Press): AccountPlan {
  const { clock, knobs } = context;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const signUp = Math.floor(random.between(press.opens, press.from));
  const pick = () =>
    random.chance(0.5) ? addressIn(random.pick(press.prefixes), random) : homeAddress(random);
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: 'free_credit',
    country: random.pick(['US', 'DE', 'SG']),
    email_domain: press.host,
    email_pattern: press.mail,
    ...(random.chance(0.85) && {
      payment_fingerprint: fingerprint('pm', `blank-page/${random.int(press.cards)}`),
    }),
    device_fingerprint: fingerprint('dev', `blank-page/${random.int(press.devices)}`),
    signup_ip: pick(),
    monthly_spend_usd: 0,
    status: 'active',
  };
  const from = Math.max(press.from, signUp + random.between(2, 20) * HOUR_MS);
  const client = random.pick(SDK_CLIENTS);
  const modelAt = pivotingModel(clock, knobs.pivot, random);

  return {
    account,
    part: { campaign: 'blank-page' },
    from,
    until: clock.end,
    planDay: (start, end) =>
      inBins(
        press.binsOf(start, end).filter(() => random.chance(knobs['mute-attendance'])),
        random,
      ),
    compose(at) {
      const ip = pick();
      return {
        model: modelAt(at),
        access_path: 'first_party_api',
        ip,
        asn: asnOf(ip),
        user_agent: client.userAgent,
        client_fingerprint: client.fingerprint,
        api_key_id: fingerprint('key', id),
        input_tokens: 60 + random.int(200),
        output_tokens: Math.ceil(2400 * random.longTailed(0.4)),
      };
    },
  };
}
