/** The calls of one batch: evenly spaced, many at a time, each with an end. Touches no database of ours. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ClaimedItem } from './claim-items';
import type { ComposeCall } from './compose-call';
import type { Pacer } from './pacer';
import type { Provider, ProviderAnswer } from './providers/provider';

export interface CallResult extends ClaimedItem {
  /** Absent: not called, because the time for it was over or the worker is about to end. */
  answer?: ProviderAnswer;
  tookMs: number;
}

/** How the calls of a batch are made. */
export interface CallPlan {
  provider: Provider;
  /** Everything but the call: each counts as done. */
  shadow: boolean;
  compose: ComposeCall;
  pacer: Pacer;
  /** Calls under way at once. */
  lanes: number;
  /** Nothing is sent from then on; by performance.now(), so no change of the clock moves it. */
  sendUntil: number;
  /** Nothing more is sent, and calls under way have their usual time. */
  unwanted: AbortSignal;
  /** The worker is about to end. */
  signal?: AbortSignal;
}

/** Milliseconds that calls under way get to come back once the worker is told to end. */
const GRACE_MS = 2_000;

/** Acts on each item at most once. Resolves when all have answered, failed or run out of time; never rejects. */
export async function callProvider(plan: CallPlan, items: readonly ClaimedItem[]): Promise<CallResult[]> {
  const results: CallResult[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]!;
      if (mayWait(plan)) await waitForPlace(plan);
      // Looked at right before it is sent: a process that was stopped goes on here, long after its time.
      if (isOver(plan)) results.push({ ...item, tookMs: 0 });
      else results.push(await callOnce(plan, item));
    }
  }
  await Promise.all(Array.from({ length: Math.min(plan.lanes, items.length) }, lane));
  return results;
}

function isOver({ sendUntil, signal, unwanted }: CallPlan): boolean {
  return Boolean(signal?.aborted) || unwanted.aborted || performance.now() >= sendUntil;
}

const mayWait = (plan: CallPlan) => !plan.shadow && !isOver(plan);

/** Waits for a place, but not for one that comes too late. */
async function waitForPlace({ pacer, sendUntil, signal }: CallPlan): Promise<void> {
  const wait = Math.min(pacer.takePlace(), sendUntil - performance.now());
  if (wait > 0) await delay(wait, undefined, { signal }).catch(() => {});
}

async function callOnce(
  { provider, shadow, compose, signal }: CallPlan,
  item: ClaimedItem,
): Promise<CallResult> {
  if (shadow) return { ...item, answer: { kind: 'done', repeated: false }, tookMs: 0 };
  const started = performance.now();
  const over = new AbortController();
  const answer = await Promise.race([
    provider
      .act(compose(item), over.signal)
      .catch((error: unknown): ProviderAnswer => ({ kind: 'failed', note: noteOf(error) })),
    outOfTime(provider.timeoutMs, over.signal, signal),
  ]);
  over.abort();
  return { ...item, answer, tookMs: Math.round(performance.now() - started) };
}

/** "timeout" after so many milliseconds, or soon after the worker is told to end. */
async function outOfTime(ms: number, over: AbortSignal, signal?: AbortSignal): Promise<ProviderAnswer> {
  const either = signal ? AbortSignal.any([over, signal]) : over;
  await delay(ms, undefined, { signal: either }).catch(() => {});
  if (signal?.aborted && !over.aborted)
    await delay(Math.min(ms, GRACE_MS), undefined, { signal: over }).catch(() => {});
  return { kind: 'failed', note: 'timeout' };
}

function noteOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `no answer: ${text.slice(0, 200)}`;
}
