/** One batch to one place. It was taken when this returns; when it throws, nobody knows, and it is sent again. */
import { OutgoingError } from '@/lib/outgoing/outgoing-error';
import { sendRequest } from '@/lib/outgoing/send-request';
import { signWebhook } from '@/lib/outgoing/sign-webhook';
import { appendLines } from './append-file';
import type { StreamDestination } from './read-destinations';
import type { PlacedEntry } from './read-placed';

const TIMEOUT_MS = 10_000;

/** The place did not take it. `retrySeconds` is what it asked for, if it did. */
export class NotTaken extends Error {
  readonly retrySeconds: number | null;

  constructor(words: string, retrySeconds: number | null = null, options?: ErrorOptions) {
    super(words, options);
    this.name = 'NotTaken';
    this.retrySeconds = retrySeconds;
  }
}

/** @param origin the log's name, so that one place may hold several logs. @throws NotTaken */
export async function deliver(
  destination: StreamDestination,
  origin: string,
  entries: readonly PlacedEntry[],
  signal?: AbortSignal,
): Promise<void> {
  try {
    if (destination.kind === 'file') {
      await appendLines(
        destination.path,
        entries.map((entry) => JSON.stringify({ log: origin, ...entry })),
      );
    } else {
      await post(destination, origin, entries, signal);
    }
  } catch (error) {
    if (error instanceof NotTaken) throw error;
    const words = error instanceof OutgoingError || error instanceof Error ? error.message : String(error);
    throw new NotTaken(words, null, { cause: error });
  }
}

async function post(
  { url, secrets }: Extract<StreamDestination, { kind: 'webhook' }>,
  origin: string,
  entries: readonly PlacedEntry[],
  signal?: AbortSignal,
): Promise<void> {
  const [first, last] = [Number(entries[0]?.index), Number(entries.at(-1)?.index)];
  const now = new Date();
  const body = JSON.stringify({
    type: 'audit.entries',
    timestamp: now.toISOString(),
    data: { log: origin, first, last, entries },
  });
  // The same batch has the same id however often it is sent.
  const id = `audit_${origin.slice(-12)}_${first}_${last}`;
  const answer = await sendRequest({
    url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signWebhook(secrets, { id, at: Math.floor(now.getTime() / 1000), body }),
    },
    body,
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (answer.status >= 200 && answer.status < 300) return;
  throw new NotTaken(`answered ${answer.status}`, retryAfter(answer.headers['retry-after'], now));
}

const LONGEST_WAIT = 3_600;

/** Seconds that a Retry-After header asks for: a figure or a date; at most an hour. */
function retryAfter(header: string | undefined, now: Date): number | null {
  if (!header) return null;
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(LONGEST_WAIT, seconds) : null;
}
