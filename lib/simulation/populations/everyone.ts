/** The ordinary background: people alone and in families, users of the popular agent, small automations. */
import type { AccountPlan, BuildContext } from '../account-plan';
import { fingerprint, homeAddress, SDK_CLIENTS } from '../infrastructure';
import { automationTemplate } from '../prompts/everyday-prompts';
import { shareOfQuota, spread } from '../rhythms';
import { DAY_MS } from '../world-clock';
import { AGENT_USERS, isoTime, person, type Traits } from './people';

/** Text that must come out on screens as text. */
const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  '\u202Egnp.ecnaillib\u202C Ltd',
  '"><img src=x onerror=alert(document.domain)>',
  `Very long name ${'and so on '.repeat(24)}`.slice(0, 256),
  "Robert'); DROP TABLE account;--",
];
const NAMES = [
  'Ada',
  'Jun',
  'Noor',
  'Piet',
  'Sofia',
  'Tomás',
  'Wanjiru',
  'Yuki',
  'Zoë',
  'Olu',
  'Mei',
  'Lars',
];

export function buildEveryone(context: BuildContext): AccountPlan[] {
  const { random, size } = context;
  const plans: AccountPlan[] = [];
  while (plans.length < size.accounts) {
    const number = plans.length;
    if (number < HOSTILE_NAMES.length) {
      const client = { ...SDK_CLIENTS[0]!, userAgent: `curl/8 ${HOSTILE_NAMES[number]}`.slice(0, 512) };
      plans.push(
        person(context, { segment: 'ordinary', account: { display_name: HOSTILE_NAMES[number] }, client }),
      );
    } else if (random.chance(0.025)) {
      plans.push(automation(context));
    } else {
      plans.push(...household(context, random.chance(0.12) ? 2 + random.int(2) : 1));
    }
  }
  return plans.slice(0, size.accounts);
}

/** One person, or a family of two or three behind one address, some of them on one card. */
function household(context: BuildContext, members: number): AccountPlan[] {
  const { random, clock } = context;
  const home = homeAddress(random);
  const card = members > 1 && random.chance(0.4) ? fingerprint('pm', `family/${home}`) : null;
  return Array.from({ length: members }, () => {
    const isAgentUser = random.chance(AGENT_USERS);
    const traits: Traits = {
      segment: isAgentUser ? 'popular-agent' : 'ordinary',
      agentShare: isAgentUser ? random.between(0.3, 0.9) : 0,
      account: {
        ...(card && {
          payment_fingerprint: card,
          plan: 'pro',
          monthly_spend_usd: 20,
          last_paid_at: isoTime(clock.end - 5 * DAY_MS),
        }),
        ...(random.chance(0.2) && { display_name: random.pick(NAMES) }),
      },
      ...(members > 1 && { pickAddress: () => home }),
    };
    return person(context, traits);
  });
}

/** A script that someone runs by the clock: one template of its own, no follow-ups, nobody else like it. */
function automation(context: BuildContext): AccountPlan {
  const { random, size, clock } = context;
  const fill = automationTemplate(random);
  const plan = person(context, {
    segment: 'automation',
    client: random.pick(SDK_CLIENTS),
    pickPrompt: (each) => fill(each),
  });
  const quota = Math.round(size.exchanges * (1 + 4 * random.next()));
  return {
    ...plan,
    planDay: (start, end) =>
      spread(shareOfQuota(quota, plan.from, clock.end, start, end), start, end, random),
  };
}
