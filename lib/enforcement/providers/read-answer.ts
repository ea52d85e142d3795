/** What a webhook's receiver answered, as Weir counts it. Pure. */
import { z } from 'zod';
import type { OutgoingAnswer } from '@/lib/outgoing/send-request';
import { storableText } from '@/lib/storable-text';
import type { ProviderAnswer } from './provider';

const MAX_NOTE = 200;

const answerSchema = z.object({
  result: z.enum(['done', 'failed', 'refused']),
  repeated: z.boolean().optional(),
  reason: z.string().optional(),
  account_id: z.string().optional(),
});

/**
 * Only a receiver that says so in the agreed form has acted, or never will: a page that answers 200 to everything, an
 * error wrapped in a 200 and a proxy's own words all leave it open, and the same key is tried again.
 */
export function readAnswer(
  answer: Pick<OutgoingAnswer, 'status' | 'body'>,
  accountId: string | null,
): ProviderAnswer {
  const { status } = answer;
  const said = answerSchema.safeParse(parseJson(answer.body));
  if (status >= 300 && status < 400) return failed(`${status} from provider: redirects are not followed`);
  if (!said.success)
    return failed(
      status >= 200 && status < 300 ? `${status}, but no result in the answer` : `${status} from provider`,
    );
  const { result, repeated, reason, account_id } = said.data;
  if (accountId !== null && account_id !== undefined && account_id !== accountId)
    return failed('it answered for another account');
  if (status >= 500) return failed(note(`${status} from provider`, reason));
  if (result === 'refused') return { kind: 'refused', note: note('the provider refused', reason) };
  if (result === 'failed') return failed(note('the provider failed', reason));
  if (status >= 400) return failed(`${status} from provider, though it says "done"`);
  return { kind: 'done', repeated: repeated ?? false };
}

export function note(what: string, reason: string | undefined): string {
  const text = reason === undefined ? '' : storableText(reason).trim();
  return text === '' ? what : `${what}: ${text.length > MAX_NOTE ? `${text.slice(0, MAX_NOTE - 1)}…` : text}`;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const failed = (text: string): ProviderAnswer => ({ kind: 'failed', note: text });
