/** Honest groups that a naive rule would take for one operation: the hard negatives. */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import {
  AGENT_CLIENT,
  addressIn,
  BROWSER_CLIENTS,
  clientFingerprint,
  commonMail,
  fingerprint,
  SDK_CLIENTS,
} from '../infrastructure';
import { assignmentText, everydayPrompt } from '../prompts/everyday-prompts';
import { RUBRIC_TEMPLATES, taskPrompt } from '../prompts/extraction-prompts';
import type { Random } from '../random';
import { shareOfQuota, spread } from '../rhythms';
import { DAY_MS, HOUR_MS, type WorldClock } from '../world-clock';
import { AGENT_USERS, isoTime, person } from './people';

/** What a group says of itself at sign-up: all of it, or nothing, as strangers look. */
export function declares(
  { knobs, random }: BuildContext,
  group: string,
  words: Partial<AccountRecord>,
): Partial<AccountRecord> {
  return random.fork(`declares/${group}`).chance(knobs.undeclared) ? commonMail(random.fork(group)) : words;
}

/** People of one group, made one after the other. */
export function crowd(context: BuildContext, make: (index: number) => AccountPlan): AccountPlan[] {
  return Array.from({ length: context.size.accounts }, (_, index) => make(index));
}

function isAgentUser(context: BuildContext): { agentShare: number } {
  return { agentShare: context.random.chance(AGENT_USERS) ? 0.4 : 0 };
}

/**
 * Students behind one address translation and one campus network, in the education programme, on own devices. Whole
 * years paste the same assignments in the days before they are due.
 */
export function buildUniversity(context: BuildContext): AccountPlan[] {
  const { random, clock } = context;
  const termStart = clock.start - 20 * DAY_MS;
  const assignments = drawAssignments(clock, random);
  return crowd(context, () => {
    const taken = assignments.filter(() => random.chance(0.7));
    const plan = person(context, {
      segment: 'university',
      account: {
        created_at: isoTime(termStart + random.between(0, 30) * DAY_MS),
        program: 'education',
        plan: 'education',
        email_domain: 'students.university.example.org',
        country: 'NL',
        monthly_spend_usd: 0,
        last_paid_at: undefined,
        ...(random.chance(0.8) && { payment_fingerprint: undefined }),
      },
      client: random.pick(BROWSER_CLIENTS.slice(0, 3)),
      utcOffset: 1,
      pickAddress: (each) =>
        each.chance(0.7) ? '10.230.0.1' : addressIn(`10.230.${16 + each.int(8)}`, each),
      pickPrompt: (each, at) => {
        const due = taken.find((one) => at < one.due && at > one.due - 3 * DAY_MS);
        return due && each.chance(0.5) ? due.text : null;
      },
      ...isAgentUser(context),
    });
    const own = random.fork(plan.account.account_id);
    const nights = taken.map(({ due }) => Math.floor(due - own.between(0.5, 40) * HOUR_MS));
    return {
      ...plan,
      planDay: (start, end) => [
        ...plan.planDay(start, end),
        ...nights.filter((at) => at >= start && at < end).map((at) => ({ at, turn: 0 })),
      ],
    };
  });
}

interface Assignment {
  due: number;
  text: string;
}

/** Three or four assignments of a term, each due on an evening. */
function drawAssignments(clock: WorldClock, random: Random): Assignment[] {
  return Array.from({ length: 3 + random.int(2) }, (_, i) => ({
    due: Math.floor((clock.start + (7 + i * 10 + random.int(4)) * DAY_MS) / DAY_MS) * DAY_MS + 22 * HOUR_MS,
    text: assignmentText(i + 1, random),
  }));
}

/** Seats of a company that the provider has verified: one card, one way out, one coding agent. */
export function buildVerifiedCompany(context: BuildContext): AccountPlan[] {
  const { clock, random } = context;
  const organization = fingerprint('org', 'verified-company');
  return crowd(context, () =>
    person(context, {
      segment: 'verified-company',
      account: {
        created_at: isoTime(clock.start - random.between(20, 400) * DAY_MS),
        organization_id: organization,
        verified_organization: true,
        enterprise: true,
        plan: 'enterprise',
        country: 'DE',
        email_domain: 'harbour-works.example.com',
        email_pattern: 'first.last',
        payment_fingerprint: fingerprint('pm', organization),
        monthly_spend_usd: Math.round(6000 * random.longTailed(0.5)) / 100,
        last_paid_at: isoTime(clock.end - 9 * DAY_MS),
      },
      client: AGENT_CLIENT,
      agentShare: 0.85,
      utcOffset: 1,
      weekend: 0.05,
      pickAddress: (each) => `10.231.4.${10 + each.int(2)}`,
    }),
  );
}

/** Strangers who come out of a handful of VPN exits. */
export function buildVpnUsers(context: BuildContext): AccountPlan[] {
  const exits = Array.from(
    { length: Math.max(3, Math.round(context.size.accounts / 25)) },
    (_, i) => `10.240.${i >> 1}.${17 + i}`,
  );
  return crowd(context, () => {
    const own = context.random.pick(exits);
    return person(context, {
      segment: 'vpn',
      pickAddress: (each) => (each.chance(0.6) ? own : each.pick(exits)),
      ...isAgentUser(context),
    });
  });
}

const VIRAL_PROMPT =
  'Act as my brutally honest future self from ten years ahead. Based on everything you know about me, tell me which ' +
  'three habits I should stop today, explain why each of them will cost me more than I think, and end with one ' +
  'sentence that I need to hear. Do not be polite, do not repeat my words, and never say that you are a model.';

/** Strangers who all paste one prompt that went round within a week. */
export function buildViralCrowd(context: BuildContext): AccountPlan[] {
  const { clock, random } = context;
  const weekStart = clock.end - 16 * DAY_MS;
  return crowd(context, () => {
    const signUp = clock.start - random.between(1, 600) * DAY_MS;
    const pastesAt = weekStart + random.between(0, 7) * DAY_MS;
    let pasted = false;
    const plan = person(context, {
      segment: 'viral-prompt',
      account: { created_at: isoTime(signUp) },
      pickPrompt: (_, at) => {
        if (pasted || at < pastesAt) return null;
        pasted = true;
        return VIRAL_PROMPT;
      },
      ...isAgentUser(context),
    });
    return {
      ...plan,
      planDay(start, end) {
        const turns = plan.planDay(start, end);
        if (pastesAt >= start && pastesAt < end) turns.push({ at: Math.floor(pastesAt) + 1, turn: 0 });
        return turns;
      },
    };
  });
}

/** A research group that grades models openly: few accounts, one payer, one small network, rubric after rubric. */
export function buildEvaluationLab(context: BuildContext): AccountPlan[] {
  const { clock, random, size } = context;
  const organization = fingerprint('org', 'evaluation-lab');
  return crowd(context, (index) => {
    let graded = 0;
    const plan = person(context, {
      segment: 'evaluation-lab',
      account: {
        created_at: isoTime(clock.start - (120 + index) * DAY_MS),
        ...declares(context, 'lab', {
          organization_id: organization,
          verified_organization: false,
          program: 'research',
          display_name: `Evaluation lab ${index + 1}`,
          email_domain: 'evaluation-lab.example.org',
        }),
        plan: 'pay_as_you_go',
        country: 'CA',
        payment_fingerprint: fingerprint('pm', organization),
        monthly_spend_usd: 220,
        last_paid_at: isoTime(clock.end - 4 * DAY_MS),
      },
      client: SDK_CLIENTS[0],
      pickAddress: (each) => `10.232.9.${32 + each.int(14)}`,
      // Every grader works through the same benchmark: overlap instead of a partition.
      pickPrompt: (each) =>
        each.chance(0.1) ? everydayPrompt(each) : taskPrompt(RUBRIC_TEMPLATES[0]!, graded++ % 200, each),
    });
    return {
      ...plan,
      planDay: (start, end) =>
        spread(shareOfQuota(size.exchanges, plan.from, clock.end, start, end), start, end, random),
    };
  });
}

/** Customers of a reseller that says what it is: one payer, one gateway, and as many kinds of use as people. */
export function buildDeclaredReseller(context: BuildContext): AccountPlan[] {
  const gateway = {
    userAgent: 'copperline-gateway/5.1',
    fingerprint: clientFingerprint('copperline-gateway'),
    accessPath: 'first_party_api' as const,
  };
  const organization = fingerprint('org', 'declared-reseller');
  return crowd(context, () =>
    person(context, {
      segment: 'declared-reseller',
      account: {
        ...declares(context, 'reseller', {
          organization_id: organization,
          program: 'reseller',
          plan: 'reseller',
        }),
        payment_fingerprint: fingerprint('pm', organization),
        // The reseller passes the bill on and pays it.
        monthly_spend_usd: Math.round(2500 * context.random.longTailed(0.8)) / 100,
        last_paid_at: isoTime(context.clock.end - 6 * DAY_MS),
        device_fingerprint: undefined,
        phone_fingerprint: undefined,
      },
      client: gateway,
      accessPath: 'reseller',
      pickAddress: (each) => `10.250.3.${5 + each.int(3)}`,
    }),
  );
}
