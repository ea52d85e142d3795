/** Honest machines that many strangers run alike: jobs at the top of the hour, and a popular agent with a huge prompt. */
import type { AccountPlan, BuildContext } from '../account-plan';
import { addressIn, clientFingerprint, hostingPrefix, SDK_CLIENTS } from '../infrastructure';
import { automationTemplate, codingPrompt } from '../prompts/everyday-prompts';
import { HOUR_MS, MINUTE_MS } from '../world-clock';
import { crowd } from './look-alikes';
import { person } from './people';

/** Every how many hours a job runs. */
const EVERY = [1, 2, 3, 4, 6, 12, 24];

/**
 * Jobs that cron starts on the hour: everybody's in the same 15-minute bin, on popular SDKs, out of a few hosting
 * networks that half the world rents from; each with a text of its own.
 */
export function buildBatchJobs(context: BuildContext): AccountPlan[] {
  const { random, size, clock } = context;
  const prefixes = Array.from({ length: 3 }, () => hostingPrefix(random));
  return crowd(context, () => {
    const fill = automationTemplate(random);
    const server = addressIn(random.pick(prefixes), random);
    const plan = person(context, {
      segment: 'batch-jobs',
      client: random.pick(SDK_CLIENTS),
      pickAddress: () => server,
      pickPrompt: (each) => fill(each),
    });
    const hours = random.pick(EVERY);
    const phase = random.int(hours);
    const runs = (clock.end - plan.from) / (hours * HOUR_MS);
    const own = random.fork(plan.account.account_id);
    return {
      ...plan,
      planDay(start, end) {
        const first = Math.ceil(start / HOUR_MS);
        const due = Array.from({ length: Math.ceil((end - start) / HOUR_MS) }, (_, i) => first + i).filter(
          (hour) => hour % hours === phase && own.chance(Math.min(1, size.exchanges / runs)),
        );
        return due.map((hour) => ({ at: hour * HOUR_MS + own.between(0, 2.5 * MINUTE_MS), turn: 0 }));
      },
    };
  });
}

const RULES = [
  'Read a file before you edit it and keep every change as small as the task allows.',
  'Follow the conventions of the code around you; do not add comments that repeat what a line does.',
  'Prefer editing files that exist to creating new ones, and never create documentation that nobody asked for.',
  'When a command fails, read its whole output before you try again, and say what you think went wrong.',
  'Run the tests that cover the change, then the linter; report failures as they are.',
  'Ask before you delete files, change configuration, install packages or push to a remote.',
  'Never print secrets. If you find one in the repository, stop and tell the user.',
  'Use the search tool for open questions about the code and the read tool when you know the path.',
  'Make several independent tool calls in one turn, and wait when a call depends on the result of another.',
  'Keep answers under four lines unless the user asks for detail; no preamble and no summary of what you did.',
  'If the user asks how to approach something, answer first and do not start to work.',
  'Keep a list of tasks for work of more than three steps and mark each as done when it is.',
];

/** What the agent sends before each request: several thousand characters, the same for everybody but for the place. */
function agentPrompt(version: string, folder: string): string {
  const rules = Array.from({ length: 4 }, (_, part) =>
    RULES.map((rule, i) => `${part + 1}.${i + 1} ${rule}`).join('\n'),
  ).join('\n\n# Section\n');
  return `You are Quill, a coding agent in a terminal, version ${version}.\n# Section\n${rules}\n\nWorking folder: ${folder}\nPlatform: linux`;
}

const FOLDERS = ['api', 'web', 'infra', 'billing', 'mobile', 'docs', 'scratch', 'thesis', 'bot', 'game'];

/** Strangers who use one more coding agent: its client, its user agent and its huge system prompt are all the same. */
export function buildAgentCrowd(context: BuildContext): AccountPlan[] {
  const { random } = context;
  const versions = Array.from({ length: 3 }, (_, i) => `1.${60 + random.int(30)}.${i}`);
  return crowd(context, () => {
    const version = random.pick(versions);
    const plan = person(context, {
      segment: 'agent-crowd',
      client: {
        userAgent: `quill-cli/${version} (linux)`,
        fingerprint: clientFingerprint('quill-cli'),
        accessPath: 'first_party_api',
      },
    });
    const prompt = agentPrompt(version, `/home/me/${random.pick(FOLDERS)}`);
    const own = random.fork(plan.account.account_id);
    return {
      ...plan,
      compose: (at, turn) => ({
        ...plan.compose(at, turn),
        prompt: codingPrompt(own),
        system_prompt: prompt,
        tool_names: ['read', 'write', 'search', 'shell'],
      }),
    };
  });
}
