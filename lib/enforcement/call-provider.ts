/** The calls of one batch: evenly spaced, a few at a time, each with an end. Touches no database of ours. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Provider, ProviderAnswer } from './providers/provider';
import { proposalRef, TARGET_STATE } from './rules';
import type { StatusAction } from './schema';

/** An item that this batch has claimed. */
export interface ClaimedItem {
  accountKey: number;
  accountId: string;
  /** This try, from 1. It also tells this claim from a later one of the same item. */
  attempts: number;
}

export interface CallResult extends ClaimedItem {
  /** Absent: not called, because the worker is about to end. */
  answer?: ProviderAnswer;
  tookMs: number;
}

/** Milliseconds of unused time that may be caught up on: what reading and writing between two batches takes. */
const CATCH_UP_MS = 150;

/** Spaces the calls of one run evenly. */
export class Pacer {
  private next = performance.now();

  constructor(private readonly perSecond: number) {}

  /** Takes the next place. @returns milliseconds until it */
  takePlace(): number {
    const now = performance.now();
    const place = Math.max(this.next, now - CATCH_UP_MS);
    this.next = place + 1000 / this.perSecond;
    return Math.max(0, place - now);
  }
}

/** Calls under way at once. */
const PARALLEL = 8;
/** Milliseconds that calls under way get to come back once the worker is told to end. */
const GRACE_MS = 2_000;

/** Acts on each item once. Resolves when all have answered, failed or run out of time; never rejects. */
export async function callProvider(
  provider: Provider,
  proposal: { id: number; action: StatusAction },
  items: readonly ClaimedItem[],
  pacer: Pacer,
  signal?: AbortSignal,
): Promise<CallResult[]> {
  const results: CallResult[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]!;
      const wait = pacer.takePlace();
      if (wait > 0) await delay(wait, undefined, { signal }).catch(() => {});
      if (signal?.aborted) results.push({ ...item, tookMs: 0 });
      else results.push(await callOnce(provider, proposal, item, signal));
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  return results;
}

async function callOnce(
  provider: Provider,
  proposal: { id: number; action: StatusAction },
  item: ClaimedItem,
  signal?: AbortSignal,
): Promise<CallResult> {
  const started = performance.now();
  const over = new AbortController();
  const answer = await Promise.race([
    provider
      .act({
        idempotencyKey: `${proposalRef(proposal.id)}:${item.accountId}`,
        proposal: proposalRef(proposal.id),
        accountId: item.accountId,
        action: proposal.action,
        state: TARGET_STATE[proposal.action],
        countermeasure: null,
        lifts: [],
        reasonCode: 'other',
        notice: { text: '', appeal: '' },
        attempt: item.attempts,
      })
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
