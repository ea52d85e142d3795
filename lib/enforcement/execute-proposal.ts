/** The staged execution of an approved proposal. Any number of runs, ended at any point, add up to one execution. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { type CallPlan, callProvider } from './call-provider';
import { type Claim, claimBatch, type Hint } from './claim-batch';
import { composeCalls } from './compose-call';
import { isDiskFull, persist } from './database-trouble';
import { batchSize, lanes, leaseSeconds, SEND_WITHIN_MS } from './execution-rules';
import { finishExecution, pauseExecution, type StartedProposal, startExecution } from './move-execution';
import { Pacer } from './pacer';
import { APPEAL_LOOK_MS, tooManyAppeals, tooManyErrors } from './pause-reasons';
import { chooseProvider } from './providers/choose-provider';
import type { ChosenProvider, Provider } from './providers/provider';
import { type Recorded, recordBatch } from './record-batch';
import { type Pace, readPace } from './rules';
import type { ProposalStatus } from './schema';
import { settleStopped } from './settle-stopped';
import { watchOrders } from './watch-orders';

const WORKER: Actor = { kind: 'system', name: 'worker' };

/** Waits up to this long are sat out; longer ones are left to the queue. */
const SIT_OUT_SECONDS = 5;
/** Milliseconds between two looks for retries while there are accounts that were never tried. */
const RETRY_LOOK_MS = 1_000;
const DISK_FULL =
  'Paused by itself: the disk of the database is full. Nobody was acted on twice. Make room, then resume it.';

export interface ExecuteOptions {
  provider?: Provider;
  shadow?: boolean;
  /** Ends the run after the calls that are under way. */
  signal?: AbortSignal;
  pace?: Pace;
  /** The worker whose run it is. */
  workerId?: number;
}

/** How a run ended. `later`: there is more to do after so many seconds. `interrupted`: by the signal, or because the
 * other workers have given this one up. */
export type Execution =
  | { ended: ProposalStatus }
  | { ended: 'interrupted' }
  | { ended: 'later'; seconds: number };

/**
 * Acts on the accounts of an approved proposal, stage by stage, until it is done, paused or stopped. After a crash at
 * any point the next run goes on: claims run out, and the provider acts on a key once.
 * @throws what the database throws; the caller runs it again later
 */
export async function executeProposal(proposalId: number, options: ExecuteOptions = {}): Promise<Execution> {
  try {
    const { provider, shadow } = await providerOf(options);
    const proposal = await startExecution(WORKER, proposalId, shadow);
    if (proposal.status !== 'running') return { ended: proposal.status };
    return await goOn(await prepare(proposal, provider, options));
  } catch (error) {
    // The little that a pause writes may still find room; when it does not, the next run tries again.
    if (isDiskFull(error)) return { ended: await pauseExecution(WORKER, proposalId, DISK_FULL) };
    throw error;
  }
}

async function providerOf({ provider, shadow = false }: ExecuteOptions): Promise<ChosenProvider> {
  return provider ? { provider, shadow } : chooseProvider();
}

interface Run {
  proposal: StartedProposal;
  calls: Omit<CallPlan, 'sendUntil' | 'unwanted'>;
  pace: Pace;
  workerId?: number;
  /** The provider is the one that is set at the desk, which may change. */
  follows: boolean;
  /** Where the next claim goes on; absent when it is to look at the whole list. */
  hint?: Omit<Hint, 'retries'>;
  /** The last stage at whose start was asked whether the list may be carried out; -1 before the first. */
  checkedStage: number;
  lookedForRetries: number;
  lookedForAppeals: number;
  /** Calls that the last batch got out, when it did not get all of them out. */
  called?: number;
}

async function prepare(proposal: StartedProposal, provider: Provider, options: ExecuteOptions): Promise<Run> {
  const pace = options.pace ?? readPace(process.env);
  // Every call under way listens to it.
  if (options.signal) setMaxListeners(0, options.signal);
  const calls = {
    provider,
    shadow: proposal.shadow,
    compose: await composeCalls(proposal),
    pacer: new Pacer(pace.perSecond),
    lanes: lanes(pace),
    signal: options.signal,
  };
  const follows = options.provider === undefined;
  return {
    proposal,
    calls,
    pace,
    workerId: options.workerId,
    follows,
    checkedStage: -1,
    lookedForRetries: 0,
    lookedForAppeals: Number.NEGATIVE_INFINITY,
  };
}

async function goOn(run: Run): Promise<Execution> {
  for (;;) {
    if (run.calls.signal?.aborted) return { ended: 'interrupted' };
    const end = await step(run);
    if (end) return end;
  }
}

/** One batch, one wait or the end. @returns how the run ended, or undefined when it goes on */
async function step(run: Run): Promise<Execution | undefined> {
  const { id } = run.proposal;
  const changed = await refreshProvider(run);
  if (changed !== null) return { ended: await pauseExecution(WORKER, id, changed) };
  const asked = performance.now();
  const claim = await claimNext(run);
  switch (claim.kind) {
    case 'batch':
      return carryOut(run, claim, asked + SEND_WITHIN_MS);
    case 'again':
      run.hint = undefined;
      return undefined;
    case 'wait':
      return waitFor(claim.seconds, run.calls.signal);
    case 'stage':
      return enterStage(run, claim.stage);
    case 'finished':
      return finish(run);
    case 'forbidden':
      return { ended: await pauseExecution(WORKER, id, claim.note) };
    case 'struck':
      return { ended: 'interrupted' };
    case 'over':
      if (claim.status === 'stopped') await inTransaction((tx) => settleStopped(tx, id));
      return { ended: claim.status };
  }
}

/** Approvers, clusters and caps may have changed while the stages before were carried out and watched. */
async function enterStage(run: Run, stage: number): Promise<Execution | undefined> {
  const { status } = await startExecution(WORKER, run.proposal.id, run.proposal.shadow);
  if (status !== 'running') return { ended: status };
  run.checkedStage = stage;
  return undefined;
}

async function finish(run: Run): Promise<Execution | undefined> {
  const status = await finishExecution(WORKER, run.proposal.id);
  if (status !== 'running') return { ended: status };
  run.hint = undefined;
  return undefined;
}

/** An administrator may have changed the provider since the last batch. @returns why it may not go on, or null */
async function refreshProvider(run: Run): Promise<string | null> {
  if (!run.follows) return null;
  const { provider, shadow } = await chooseProvider();
  run.calls = { ...run.calls, provider };
  if (shadow === run.proposal.shadow) return null;
  return shadow
    ? 'Paused by itself: the provider was put into shadow mode. End that before you resume it, or stop it here.'
    : 'Paused by itself: it began in shadow mode, and the provider has left it. Stop it and propose the list anew.';
}

function claimNext(run: Run): Promise<Claim> {
  const { proposal, pace, workerId, calls } = run;
  const retries = performance.now() - run.lookedForRetries >= RETRY_LOOK_MS;
  if (retries) run.lookedForRetries = performance.now();
  return claimBatch(WORKER, proposal, {
    limit: batchSize(pace, run.called),
    leaseSeconds: leaseSeconds(calls.provider),
    watchSeconds: pace.watchSeconds,
    workerId,
    checkedStage: run.checkedStage,
    hint: run.hint && { ...run.hint, retries },
  });
}

async function carryOut(
  run: Run,
  claim: Extract<Claim, { kind: 'batch' }>,
  sendUntil: number,
): Promise<Execution | undefined> {
  const answered = new AbortController();
  const unwanted = watchOrders(run.proposal.id, answered.signal);
  const results = await callProvider({ ...run.calls, sendUntil, unwanted }, claim.items);
  answered.abort();
  const recorded = await persist(() => recordBatch(WORKER, run.proposal, claim, results), run.calls.signal);
  run.hint = recorded.givenBack > 0 ? undefined : { stage: claim.stage, after: claim.after };
  run.called = recorded.givenBack > 0 ? results.length - recorded.givenBack : undefined;
  const note = await whyPause(run, claim.stage, recorded);
  return note === null ? undefined : { ended: await pauseExecution(WORKER, run.proposal.id, note) };
}

/** Why the execution pauses by itself after a batch; null when it goes on. */
async function whyPause(run: Run, stage: number, recorded: Recorded): Promise<string | null> {
  const { id } = run.proposal;
  const errors = await tooManyErrors(id, stage, recorded);
  if (errors !== null || performance.now() - run.lookedForAppeals < APPEAL_LOOK_MS) return errors;
  run.lookedForAppeals = performance.now();
  return tooManyAppeals(id);
}

async function waitFor(seconds: number, signal?: AbortSignal): Promise<Execution | undefined> {
  if (seconds > SIT_OUT_SECONDS) return { ended: 'later', seconds };
  // A pause in the meantime is seen right after: the next claim reads the status.
  await delay(Math.max(50, seconds * 1000), undefined, { signal }).catch(() => {});
  return undefined;
}
