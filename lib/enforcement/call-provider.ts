/** The calls of one batch: evenly spaced, many at a time, each with an end. Touches no database of ours. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ClaimedItem } from './claim-items';
import type { ComposeCall } from './compose-call';
import type { Pacer } from './pacer';
import type { Provider, ProviderAnswer } from './providers/provider';

export interface CallResult extends ClaimedItem {
  /** Absent: not called, because the time for it was over or the worker is about to end. */
  answer?: Exclude<ProviderAnswer, { kind: 'unsent' }>;
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
  const underWay = new UnderWay(plan.signal);
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]!;
      if (!plan.shadow && !isOver(plan)) await waitForPlace(plan);
      // Looked at right before it is sent: a process that was stopped goes on here, long after its time.
      if (isOver(plan)) results.push({ ...item, tookMs: 0 });
      else results.push(await callOnce(plan, item, underWay));
    }
  }
  await Promise.all(Array.from({ length: Math.min(plan.lanes, items.length) }, lane));
  underWay.close();
  return results;
}

function isOver({ sendUntil, signal, unwanted }: CallPlan): boolean {
  return Boolean(signal?.aborted) || unwanted.aborted || performance.now() >= sendUntil;
}

/** Waits for a place, but not for one that comes too late. Less than a millisecond is made up for by the next place. */
async function waitForPlace({ pacer, sendUntil, signal }: CallPlan): Promise<void> {
  const wait = Math.min(pacer.takePlace(), sendUntil - performance.now());
  if (wait >= 1) await delay(wait, undefined, { signal }).catch(() => {});
}

async function callOnce(plan: CallPlan, item: ClaimedItem, underWay: UnderWay): Promise<CallResult> {
  const { provider, shadow, compose } = plan;
  if (shadow) return { ...item, answer: { kind: 'done', repeated: false }, tookMs: 0 };
  const started = performance.now();
  const over = new AbortController();
  const answer = await new Promise<ProviderAnswer>((resolve) => {
    const timeOut = () => resolve({ kind: 'failed', note: 'timeout' });
    const end = underWay.begin(timeOut, provider.timeoutMs);
    provider
      .act(compose(item), over.signal, () => !over.signal.aborted && !isOver(plan))
      .catch((error: unknown): ProviderAnswer => ({ kind: 'failed', note: noteOf(error) }))
      .then(resolve)
      .finally(end);
  });
  over.abort();
  const tookMs = Math.round(performance.now() - started);
  return answer.kind === 'unsent' ? { ...item, tookMs } : { ...item, answer, tookMs };
}

/** The calls that wait for an answer, each with its end. Once the worker is told to end, all end soon. */
class UnderWay {
  private readonly timeOuts = new Set<() => void>();
  private hurry: NodeJS.Timeout | undefined;
  private readonly onEnding = () => {
    this.hurry = setTimeout(() => {
      for (const timeOut of this.timeOuts) timeOut();
    }, GRACE_MS);
  };

  constructor(private readonly signal?: AbortSignal) {
    if (signal?.aborted) this.onEnding();
    signal?.addEventListener('abort', this.onEnding);
  }

  /** @returns what to do when the answer is there */
  begin(timeOut: () => void, ms: number): () => void {
    const timer = setTimeout(timeOut, ms);
    this.timeOuts.add(timeOut);
    return () => {
      clearTimeout(timer);
      this.timeOuts.delete(timeOut);
    };
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.onEnding);
    clearTimeout(this.hurry);
  }
}

function noteOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `no answer: ${text.slice(0, 200)}`;
}
