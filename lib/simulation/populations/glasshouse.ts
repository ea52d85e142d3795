/**
 * The multi-path harvest: tool-use trajectories and code tasks through several clouds, paid by education, research
 * and start-up programmes. Phones, devices and templates are shared; cards are not.
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
} from '../infrastructure';
import { CODE_TEMPLATES, TOOL_TEMPLATES, taskPrompt } from '../prompts/extraction-prompts';
import { dealtByTask } from '../prompts/topics';
import { shareOfQuota, spread } from '../rhythms';
import { DAY_MS } from '../world-clock';
import { pivotingModel } from './campaign-models';
import { isoTime } from './people';

const PATHS = ['first_party_api', 'first_party_api', 'gcp_vertex', 'gcp_vertex', 'aws_bedrock'];
const PROGRAMS = ['education', 'research', 'startup'];
const TOOLS = [
  ['browser', 'search', 'calculator'],
  ['bash', 'edit', 'run_tests'],
  ['sql_query', 'search', 'spreadsheet'],
];
/** Tasks are numbered apart from those of other campaigns. */
const FIRST_TASK = 31_000;

export function buildGlasshouse(context: BuildContext): AccountPlan[] {
  const { random, size } = context;
  const prefixes = Array.from({ length: 5 }, () => hostingPrefix(random));
  return Array.from({ length: size.accounts }, (_, ordinal) => makeAccount(context, ordinal, prefixes));
}

function makeAccount(context: BuildContext, ordinal: number, prefixes: readonly string[]): AccountPlan {
  const { clock, size } = context;
  const id = context.nextAccountId();
  const random = context.random.fork(id);
  const signUp = Math.floor(clock.start + random.between(-6, 12) * DAY_MS);
  const path = random.pick(PATHS);
  const program = random.pick(PROGRAMS);
  const shared = (kind: 'ph' | 'dev', each: number) =>
    fingerprint(kind, `glasshouse/${random.int(Math.max(2, Math.round(size.accounts / each)))}`);
  const account: AccountRecord = {
    record: 'account',
    account_id: id,
    created_at: isoTime(signUp),
    plan: program === 'startup' ? 'credits' : 'education',
    country: random.pick(['US', 'IN', 'BR', 'PL', 'VN']),
    email_domain: random.pick(['college.example.org', 'institute.example.net', 'labs.example.com']),
    email_pattern: random.pick(['first.last', 'first.last.NN']),
    ...(random.chance(0.5) && { payment_fingerprint: fingerprint('pm', id) }),
    phone_fingerprint: shared('ph', 8),
    device_fingerprint: shared('dev', 5),
    signup_ip: homeAddress(random),
    monthly_spend_usd: 0,
    status: 'active',
    program,
  };
  const from = Math.max(clock.start, signUp + random.between(0.5, 3) * DAY_MS);
  const quota = Math.round(size.exchanges * random.between(0.92, 1.08));
  const userAgent = random.pick(['trajectory-runner/0.4', 'python-httpx/0.27']);
  const modelAt = pivotingModel(clock, random);
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
      const pool = isCode ? CODE_TEMPLATES : TOOL_TEMPLATES;
      const prompt = taskPrompt(pool[dealtByTask(task, 2, pool.length)]!, task, random);
      const ip = random.chance(0.45) ? addressIn(random.pick(prefixes), random) : random.pick(homes);
      return {
        model: modelAt(at),
        access_path: path,
        ip,
        asn: asnOf(ip),
        user_agent: userAgent,
        ...(path === 'first_party_api' && { client_fingerprint: clientFingerprint('trajectory-runner') }),
        api_key_id: fingerprint('key', id),
        input_tokens: Math.ceil(prompt.length / 4) + 600,
        output_tokens: Math.ceil(2100 * random.longTailed(0.4)),
        tool_names: isCode ? TOOLS[1] : TOOLS[dealtByTask(task, 3, TOOLS.length)],
        prompt,
      };
    },
  };
}
