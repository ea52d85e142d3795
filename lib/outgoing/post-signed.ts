import { createHash } from 'node:crypto';
import { OutgoingError } from './outgoing-error';
import { type OutgoingAnswer, sendRequest } from './send-request';
import { signWebhook } from './sign-webhook';

export interface SignedPost {
  address: string;
  timeoutMs: number;
  /** The secrets in use, newest first. */
  secrets: () => Promise<string[]>;
}

/** Posts one signed message after Standard Webhooks. The same key gives the same webhook-id, whatever the try.
 * @param more fields beside type, timestamp and data
 * @throws OutgoingError when there is no answer */
export async function postSigned(
  { address, timeoutMs, secrets }: SignedPost,
  { type, key, data, more }: { type: string; key: string; data: object; more?: Record<string, string> },
  signal?: AbortSignal,
  mayStillSend?: () => boolean,
): Promise<OutgoingAnswer> {
  const signing = await secrets();
  if (signing.length === 0) throw new OutgoingError('failed', 'not sent: there is no signing secret yet');
  const now = new Date();
  const body = JSON.stringify({ ...more, type, timestamp: now.toISOString(), data });
  // An account's id may hold anything; a header may not.
  const id = `msg_${createHash('sha256').update(key).digest('base64url').slice(0, 32)}`;
  const signed = signWebhook(signing, { id, at: Math.floor(now.getTime() / 1000), body });
  const headers = { ...signed, 'idempotency-key': id, 'content-type': 'application/json' };
  return sendRequest({ url: address, method: 'POST', headers, body, timeoutMs, signal, mayStillSend });
}
