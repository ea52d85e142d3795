/**
 * The multi-path harvest: tool-use trajectories and code tasks over five ways in, on abused education, research and
 * start-up plans. Phones, devices and templates are shared; cards are not.
 */
import type { AccountRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from '../account-plan';
import {
  addressIn,
  asnOf,
  clientFingerprint,
  fingerprint,
  homeAddress,
  hostingPrefix,
  scriptedMail,
} from '../infrastructure';
import { CODE_TEMPLATES, TOOL_TEMPLATES, taskPrompt } from '../prompts/extraction-prompts';
import type { Sentence } from '../prompts/grammar';
import { ringTemplates } from '../prompts/ring-prompts';
import { dealtByTask } from '../prompts/topics';
import { shareOfQuota, spread } from '../rhythms';
import { DAY_MS } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { isoTime } from './people';

/** So many of these as the knob says are used. */
const PATHS = ['first_party_api', 'gcp_vertex', 'aws_bedrock', 'azure_foundry', 'reseller'];
const PROGRAMS = ['education', 'research', 'startup'];
const RUNNERS = ['trajectory-runner/0.4', 'python-httpx/0.27', 'rollout/1.9', 'agentbench-client/2.2'];
const TOOLS = [
  ['browser', 'search', 'calculator'],
  ['bash', 'edit', 'run_tests'],
  ['sql_query', 'search', 'spreadsheet'],
];
/** Tasks are numbered apart from those of other campaigns. */
const FIRST_TASK = 31_000;

interface Greenhouse {
  prefixes: readonly string[];
  tools: readonly Sentence[];
  code: readonly Sentence[];
  runners: readonly string[];
  mail: string;
}

export function buildGlasshouse(context: BuildContext): AccountPlan[] {
  const { random, size } = context;
  const house: Greenhouse = {
    prefixes: Array.from({ length: 3 + random.int(5) }, () => hostingPrefix(random)),
    tools: random
      .shuffle([...TOOL_TEMPLATES, ...ringTemplates('tools', 4, random)])
      .slice(0, 3 + random.int(3)),
    code: CODE_TEMPLATES,
    runners: random.shuffle([...RUNNERS]).slice(0, 2),
    mail: scriptedMail(random),
  };
  return Array.from({ length: size.accounts }, (_, ordinal) => makeAccount(context, ordinal, house));
}

function makeAccount(context: BuildContext, ordinal: number, house: Greenhouse): AccountPlan {
  const { clock, size, knobs } = context;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const signUp = Math.floor(clock.start + random.between(-6, 12) * DAY_MS);
  const path = random.pick(PATHS.slice(0, Math.round(knobs['harvest-paths'])));
  const program = random.chance(knobs['harvest-programmes']) ? random.pick(PROGRAMS) : undefined;
  const shared = (kind: 'ph' | 'dev', seats: number) =>
    fingerprint(kind, `glasshouse/${random.int(Math.max(2, Math.round(size.accounts / seats)))}`);
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: program === 'startup' ? 'credits' : (program && 'education') || 'free_credit',
    country: random.pick(['US', 'IN', 'BR', 'PL', 'VN']),
    email_domain: random.pick(['college.example.org', 'institute.example.net', 'labs.example.com']),
    email_pattern: random.pick(['first.last', house.mail]),
    ...(random.chance(0.5) && { payment_fingerprint: fingerprint('pm', id) }),
    phone_fingerprint: shared('ph', knobs['harvest-phone-seats']),
    device_fingerprint: shared('dev', knobs['harvest-device-seats']),
    signup_ip: homeAddress(random),
    monthly_spend_usd: 0,
    status: 'active',
    ...(program && { program }),
  };
  const from = Math.max(clock.start, signUp + random.between(0.5, 3) * DAY_MS);
  const quota = Math.round(size.exchanges * random.between(0.92, 1.08));
  const userAgent = random.pick(house.runners);
  const modelAt = pivotingModel(clock, knobs.pivot, random);
  const homes = Array.from({ length: 6 }, () => homeAddress(random));
  let dealt = 0;

  return {
    account,
    part: { campaign: 'glasshouse' },
    from,
    until: clock.end,
    observation: { kind: 'referral_code', value: `R-${300 + random.int(Math.max(2, size.accounts >> 5))}` },
    planDay: (start, end) =>
      spread(shareOfQuota(quota, from, clock.end, start, end), Math.max(start, from), end, random),
    compose(at) {
      const task = FIRST_TASK + ordinal + size.accounts * dealt++;
      const isCode = dealtByTask(task, 1, 3) === 0;
      const pool = isCode ? house.code : house.tools;
      const prompt = taskPrompt(pool[dealtByTask(task, 2, pool.length)]!, task, random);
      const ip = random.chance(0.45) ? addressIn(random.pick(house.prefixes), random) : random.pick(homes);
      return {
        model: modelAt(at),
        access_path: path,
        ip,
        asn: asnOf(ip),
        user_agent: userAgent,
        ...(path === 'first_party_api' && { client_fingerprint: clientFingerprint(house.runners[0]!) }),
        api_key_id: fingerprint('key', id),
        input_tokens: Math.ceil(prompt.length / 4) + 600,
        output_tokens: Math.ceil(2100 * random.longTailed(0.4)),
        tool_names: isCode ? TOOLS[1] : TOOLS[dealtByTask(task, 3, TOOLS.length)],
        prompt,
      };
    },
  };
}
