/** Small honest groups that share an address, a card or a text for a reason of their own. */
import type { AccountPlan, BuildContext } from '../account-plan';
import { addressIn, BROWSER_CLIENTS, fingerprint, SDK_CLIENTS } from '../infrastructure';
import { codingPrompt, everydayPrompt } from '../prompts/everyday-prompts';
import { humanDay } from '../rhythms';
import { DAY_MS, HOUR_MS } from '../world-clock';
import { crowd, declares } from './look-alikes';
import { isoTime, person } from './people';

const ASSIGNMENT =
  'Assignment 3. Read both case descriptions below and compare them. List three arguments for each option, explain ' +
  'which assumptions they need, and describe one example from the lecture that supports your claim. Then discuss ' +
  'what would change if the price were higher. Your answer should not be longer than two pages.';

/** A course: one assignment's text, one campus address, and the nights before one deadline. */
export function buildCourse(context: BuildContext): AccountPlan[] {
  const { random, clock, size } = context;
  const deadline = Math.floor((clock.end - 11 * DAY_MS) / DAY_MS) * DAY_MS + 22 * HOUR_MS;
  return crowd(context, () => {
    const isNear = (at: number) => at > deadline - 3 * DAY_MS && at < deadline;
    const plan = person(context, {
      segment: 'course',
      account: {
        created_at: isoTime(clock.start - random.between(3, 25) * DAY_MS),
        program: 'education',
        plan: 'education',
        email_domain: 'students.college.example.org',
        country: 'GB',
        payment_fingerprint: undefined,
        monthly_spend_usd: 0,
        last_paid_at: undefined,
      },
      client: random.pick(BROWSER_CLIENTS),
      utcOffset: 0,
      pickAddress: (each) =>
        each.chance(0.65) ? '10.233.0.1' : addressIn(`10.233.${8 + each.int(4)}`, each),
      pickPrompt: (each, at) =>
        isNear(at) && each.chance(0.6) ? `${ASSIGNMENT}\n\n"${everydayPrompt(each)}"` : null,
    });
    const own = random.fork(plan.account.account_id);
    // Half of the term's use falls into the last days, most of that into the last evening.
    const rush = Array.from({ length: Math.round(size.exchanges * own.between(0.2, 0.5)) }, () =>
      Math.floor(deadline - Math.min(71, -11 * Math.log(1 - own.next())) * HOUR_MS),
    );
    return {
      ...plan,
      planDay: (start, end) => [
        ...plan.planDay(start, end).filter(() => own.chance(0.6)),
        ...rush.filter((at) => at >= start && at < end).map((at) => ({ at, turn: 0 })),
      ],
    };
  });
}

const AGENCY_SEATS = 8;

/** Agencies that nobody has verified: eight seats on one card and one office address, every client's work. */
export function buildAgencies(context: BuildContext): AccountPlan[] {
  const { random, clock } = context;
  return crowd(context, (index) => {
    const agency = `agency-${Math.floor(index / AGENCY_SEATS) + 1}`;
    const office = `10.234.${Math.floor(index / AGENCY_SEATS) % 250}.7`;
    return person(context, {
      segment: 'agency',
      account: {
        created_at: isoTime(clock.start - random.between(30, 300) * DAY_MS),
        plan: 'pro',
        country: 'ES',
        ...declares(context, agency, { email_domain: `${agency}.example.com` }),
        payment_fingerprint: fingerprint('pm', agency),
        monthly_spend_usd: 20,
        last_paid_at: isoTime(clock.end - 12 * DAY_MS),
      },
      client: random.pick(random.chance(0.7) ? BROWSER_CLIENTS : SDK_CLIENTS),
      agentShare: random.chance(0.4) ? 0.5 : 0,
      utcOffset: 1,
      weekend: 0.1,
      pickAddress: (each) => (each.chance(0.75) ? office : addressIn('10.121.40', each)),
    });
  });
}

const STARTER_KIT =
  'You are the assistant inside our hackathon project. Answer in short sentences, use the functions below when you ' +
  'need data, never make up a result, ask the user when a request is not clear, and return valid JSON with the ' +
  'fields answer and next step.';

/** A hackathon: signed up on one morning, two days on sponsor's credit behind the venue's address, one starter kit. */
export function buildHackathon(context: BuildContext): AccountPlan[] {
  const { random, clock, size } = context;
  const opens = Math.floor((clock.end - 24 * DAY_MS) / DAY_MS) * DAY_MS + 8 * HOUR_MS;
  const closes = opens + 2 * DAY_MS;
  return crowd(context, () => {
    const plan = person(context, {
      segment: 'hackathon',
      account: {
        created_at: isoTime(opens - random.between(0, 3) * HOUR_MS),
        plan: 'credits',
        program: 'startup',
        country: 'US',
        payment_fingerprint: undefined,
        monthly_spend_usd: 0,
        last_paid_at: undefined,
      },
      client: random.pick(SDK_CLIENTS),
      utcOffset: -5,
      pickAddress: (each) => `10.235.1.${1 + each.int(2)}`,
      pickPrompt: (each) => codingPrompt(each),
    });
    const own = random.fork(plan.account.account_id);
    const habits = { perDay: size.exchanges / 2, utcOffset: -5, weekend: 1 };
    return {
      ...plan,
      from: opens,
      until: closes,
      planDay: (start, end) => humanDay(habits, start, end, own),
      compose: (at, turn) => ({ ...plan.compose(at, turn), system_prompt: STARTER_KIT }),
    };
  });
}
