/**
 * Low and slow: bought accounts with nothing in common, each with its own card, device and home, that work through one
 * task list. Nobody gets a task that another had, shares are equal, nobody follows up; a few accounts at a time take
 * turns by the clock, so that each rests for most of the day.
 */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import { asnOf, commonMail, fingerprint, homeAddress, SDK_CLIENTS, someCountry } from '../infrastructure';
import { taskForms, unlikeAnyOther } from '../prompts/task-forms';
import { dealtByTask, topicOf } from '../prompts/topics';
import type { Random } from '../random';
import { DAY_MS, HOUR_MS, OLD_MODEL } from '../world-clock';
import { isoTime } from './people';

const FIRST_TASK = 23_000;

interface Roster {
  forms: ReturnType<typeof taskForms>;
  /** Length of a shift in ms, and accounts that share a seat. */
  shift: number;
  team: number;
  from: number;
  /** Milliseconds between two tasks while an account is on its shift. */
  pace: number;
}

export function buildSlowDrip(context: BuildContext): AccountPlan[] {
  const { random, size, clock, knobs } = context;
  const from = clock.start + random.between(0, 5) * DAY_MS;
  const team = Math.max(1, Math.round(knobs['drip-team']));
  const roster: Roster = {
    forms: taskForms(Math.round(knobs['drip-forms']), knobs['drip-overt'], random),
    shift: knobs['drip-shift-hours'] * HOUR_MS,
    team,
    from,
    pace: (clock.end - from) / team / size.exchanges,
  };
  return Array.from({ length: size.accounts }, (_, ordinal) => makeAccount(context, roster, ordinal));
}

function makeAccount(context: BuildContext, roster: Roster, ordinal: number): AccountPlan {
  const { clock, size, knobs } = context;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const signUp = clock.start - random.between(5, 500) * DAY_MS;
  const { country } = someCountry(random);
  const home = homeAddress(random);
  const pays = random.chance(0.5);
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: pays ? 'pay_as_you_go' : 'free_credit',
    country,
    ...commonMail(random),
    ...(random.chance(0.6) && { phone_fingerprint: fingerprint('ph', id) }),
    ...((pays || random.chance(0.5)) && { payment_fingerprint: fingerprint('pm', id) }),
    device_fingerprint: fingerprint('dev', id),
    signup_ip: home,
    monthly_spend_usd: pays ? Math.round(2200 * random.longTailed(0.6)) / 100 : 0,
    status: 'active',
    ...(pays && { last_paid_at: isoTime(clock.end - random.between(1, 28) * DAY_MS) }),
  };
  const client = random.pick(SDK_CLIENTS);
  let dealt = 0;

  return {
    account,
    part: { campaign: 'slow-drip' },
    from: roster.from,
    until: clock.end,
    planDay: (start, end) =>
      turnsOfDay(roster, ordinal, Math.max(start, roster.from), end, random).map((at) => ({ at, turn: 0 })),
    compose() {
      const task = FIRST_TASK + ordinal + size.accounts * dealt++;
      const prompt = random.chance(knobs['drip-reworded'])
        ? unlikeAnyOther(topicOf(task), random)
        : roster.forms[dealtByTask(task, 4, roster.forms.length)]!(random, () => topicOf(task));
      return {
        model: OLD_MODEL,
        access_path: client.accessPath,
        ip: home,
        asn: asnOf(home),
        user_agent: client.userAgent,
        client_fingerprint: client.fingerprint,
        api_key_id: fingerprint('key', id),
        input_tokens: Math.ceil(prompt.length / 4),
        output_tokens: Math.ceil(1200 * random.longTailed(0.4)),
        prompt,
      };
    },
  };
}

/** The moments of an account within its shifts: it works every team-th shift of its seat, at a steady pace. */
function turnsOfDay(
  { shift, team, from, pace }: Roster,
  ordinal: number,
  start: number,
  end: number,
  random: Random,
) {
  const place = ordinal % team;
  const moments: number[] = [];
  for (let number = Math.floor((start - from) / shift); from + number * shift < end; number++) {
    if (number % team !== place) continue;
    const begins = from + number * shift;
    // Half a pace in, so that shifts of any length hold their share on average.
    for (let at = begins + pace * random.next(); at < begins + shift; at += pace * random.between(0.8, 1.2)) {
      if (at >= start && at < end) moments.push(at);
    }
  }
  return moments;
}
