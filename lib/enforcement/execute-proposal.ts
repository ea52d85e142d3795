/** The staged execution of an approved proposal. Any number of runs, ended at any point, add up to one execution. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { callProvider, Pacer } from './call-provider';
import { type Claim, claimBatch } from './claim-batch';
import { accountsLastHour, readStageErrors } from './count-items';
import { finishExecution, pauseExecution, startExecution } from './move-execution';
import { chooseProvider } from './providers/choose-provider';
import type { Provider } from './providers/provider';
import { recordBatch } from './record-batch';
import { ERROR_SHARE, errorShare, type Pace, readCaps, readPace, shouldPause } from './rules';
import type { ProposalStatus } from './schema';
import { settleStopped } from './settle-stopped';

const WORKER: Actor = { kind: 'system', name: 'worker' };

/** Waits up to this long are sat out; longer ones are left to the queue. */
const SIT_OUT_SECONDS = 5;
/** Seconds until the next look when the hour's cap is used up. */
const CAP_WAIT_SECONDS = 60;

export interface ExecuteOptions {
  provider?: Provider;
  /** Ends the run after the calls that are under way. */
  signal?: AbortSignal;
  pace?: Pace;
}

/** How a run ended. `later`: there is more to do from then on. `interrupted`: by the signal. */
export type Execution = { ended: ProposalStatus } | { ended: 'interrupted' } | { ended: 'later'; at: Date };

/**
 * Acts on the accounts of an approved proposal, stage by stage, until it is done, paused or stopped. After a crash at
 * any point the next run goes on: claims run out, and the provider acts on a key once.
 * @throws what the database throws; the caller runs it again later
 */
export async function executeProposal(proposalId: number, options: ExecuteOptions = {}): Promise<Execution> {
  const proposal = await startExecution(WORKER, proposalId);
  if (proposal.status !== 'running') return { ended: proposal.status };
  const pace = options.pace ?? readPace(process.env);
  const provider = options.provider ?? (await chooseProvider()).provider;
  const run: Run = { proposal, provider, pace, pacer: new Pacer(pace.perSecond), signal: options.signal };
  for (;;) {
    if (options.signal?.aborted) return { ended: 'interrupted' };
    const end = await step(run);
    if (end) return end;
  }
}

interface Run {
  proposal: Awaited<ReturnType<typeof startExecution>>;
  provider: Provider;
  pace: Pace;
  pacer: Pacer;
  signal?: AbortSignal;
}

/** One batch, one wait or the end. @returns how the run ended, or undefined when it goes on */
async function step({ proposal, provider, pace, pacer, signal }: Run): Promise<Execution | undefined> {
  const left = readCaps(process.env).hour - (await accountsLastHour(database()));
  if (left <= 0) return { ended: 'later', at: new Date(Date.now() + CAP_WAIT_SECONDS * 1000) };
  const claim = await claimBatch(WORKER, proposal, Math.min(left, batchSize(pace)), pace.watchSeconds);
  if (claim.status === 'stopped') await inTransaction((tx) => settleStopped(tx, proposal.id));
  if (claim.status !== 'running') return { ended: claim.status };
  if (claim.stage === null) return { ended: await finishExecution(WORKER, proposal.id) };
  if (claim.items.length === 0) return waitFor(claim, signal);
  const results = await callProvider(provider, proposal, claim.items, pacer, signal);
  await recordBatch(WORKER, proposal, claim.stage, results);
  const errors = await readStageErrors(database(), proposal.id, claim.stage, proposal.since);
  if (!shouldPause(errors)) return undefined;
  const percent = Math.round(errorShare(errors) * 1000) / 10;
  const note = `Paused by itself: errors at ${percent} %, above ${ERROR_SHARE * 100} %. Look at the accounts that failed.`;
  return { ended: await pauseExecution(WORKER, proposal.id, note) };
}

/** Half a second's worth, so that a pause or stop is seen within about a second. */
function batchSize({ perSecond }: Pace): number {
  return Math.min(50, Math.max(1, Math.ceil(perSecond / 2)));
}

async function waitFor(claim: Claim, signal?: AbortSignal): Promise<Execution | undefined> {
  if (claim.waitSeconds > SIT_OUT_SECONDS) {
    return { ended: 'later', at: new Date(Date.now() + claim.waitSeconds * 1000) };
  }
  // A pause in the meantime is seen right after: the next claim reads the status.
  if (claim.waitSeconds > 0) await delay(claim.waitSeconds * 1000, undefined, { signal }).catch(() => {});
  return undefined;
}
