/** A provider's own endpoint, called with signed messages. docs/providers.md tells its makers what they get. */
import { createHash } from 'node:crypto';
import { OutgoingError } from '@/lib/outgoing/outgoing-error';
import { type OutgoingAnswer, sendRequest } from '@/lib/outgoing/send-request';
import { signWebhook } from '@/lib/outgoing/sign-webhook';
import type { Countermeasure } from '../provider-settings-schema';
import type { Provider, ProviderAnswer, ProviderCall } from './provider';
import { readAnswer } from './read-answer';

export interface WebhookOptions {
  address: string;
  timeoutMs: number;
  /** The secrets in use, newest first. */
  secrets: () => Promise<string[]>;
  countermeasures: readonly Countermeasure[];
}

/** Milliseconds by which the caller's patience exceeds ours, so that our own words for a time-out win. */
export const PATIENCE_MS = 500;

export function webhookProvider(options: WebhookOptions): Provider {
  return {
    name: `Webhook at ${URL.canParse(options.address) ? new URL(options.address).host : 'no address'}`,
    simulated: false,
    timeoutMs: options.timeoutMs + PATIENCE_MS,
    async act(call, signal, mayStillSend) {
      // One that is gone from the settings can still be lifted where it is in force.
      const set = call.countermeasure;
      if (set && !findDefined(options, set.id))
        return { kind: 'refused', note: `the countermeasure "${set.name}" is no longer defined` };
      try {
        const data = bodyOf(options, call);
        const answer = await postSigned(
          options,
          `enforcement.${call.action}`,
          call.idempotencyKey,
          data,
          signal,
          mayStillSend,
        );
        return readAnswer(answer, call.accountId);
      } catch (error) {
        return unanswered(error);
      }
    },
  };
}

/** Posts one signed message. The same key gives the same webhook-id, whatever the try.
 * @throws OutgoingError when there is no answer */
export async function postSigned(
  { address, timeoutMs, secrets }: Pick<WebhookOptions, 'address' | 'timeoutMs' | 'secrets'>,
  type: string,
  key: string,
  data: object,
  signal?: AbortSignal,
  mayStillSend?: () => boolean,
): Promise<OutgoingAnswer> {
  const signing = await secrets();
  if (signing.length === 0) throw new OutgoingError('failed', 'not sent: there is no signing secret yet');
  const now = new Date();
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
  // An account's id may hold anything; a header may not.
  const id = `msg_${createHash('sha256').update(key).digest('base64url').slice(0, 32)}`;
  const signed = signWebhook(signing, { id, at: Math.floor(now.getTime() / 1000), body });
  const headers = { ...signed, 'idempotency-key': id, 'content-type': 'application/json' };
  return sendRequest({ url: address, method: 'POST', headers, body, timeoutMs, signal, mayStillSend });
}

function bodyOf(options: WebhookOptions, call: ProviderCall): object {
  const named = ({ id, name }: { id: string; name: string }) => ({
    id,
    name,
    parameter: findDefined(options, id)?.parameter ?? null,
  });
  return {
    idempotency_key: call.idempotencyKey,
    proposal: call.proposal,
    account_id: call.accountId,
    action: call.action,
    state: call.state,
    countermeasure: call.countermeasure && named(call.countermeasure),
    lifts: call.lifts.map(named),
    reason_code: call.reasonCode,
    notice: call.notice,
    attempt: call.attempt,
  };
}

const findDefined = ({ countermeasures }: WebhookOptions, id: string) =>
  countermeasures.find((each) => each.id === id);

/** A call that has no answer: never sent for good reason, or lost on the way. */
export function unanswered(error: unknown): ProviderAnswer {
  if (error instanceof OutgoingError) return { kind: error.kind, note: error.message };
  throw error;
}
