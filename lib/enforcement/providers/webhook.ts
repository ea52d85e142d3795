/** A provider's own endpoint, called with signed messages. docs/providers.md tells its makers what they get. */
import { OutgoingError } from '@/lib/outgoing/outgoing-error';
import { postSigned, type SignedPost } from '@/lib/outgoing/post-signed';
import type { Countermeasure } from '../provider-settings-schema';
import type { Provider, ProviderAnswer, ProviderCall } from './provider';
import { readAnswer } from './read-answer';

export interface WebhookOptions extends SignedPost {
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
        const message = {
          type: `enforcement.${call.action}`,
          key: call.idempotencyKey,
          data: bodyOf(options, call),
        };
        const answer = await postSigned(options, message, signal, mayStillSend);
        return readAnswer(answer, call.accountId);
      } catch (error) {
        return unanswered(error);
      }
    },
  };
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
