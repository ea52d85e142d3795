import { OutgoingError } from '@/lib/outgoing/outgoing-error';
import { postSigned, type SignedPost } from '@/lib/outgoing/post-signed';
import { linkTo, plainName, wordsToTeam } from './rules';
import type { Leaving } from './send-mail';
import { Undelivered } from './undelivered';

/** The message as the receiver gets it, signed after Standard Webhooks; `text` is for chats that show it. Pure. */
export function postAbout(leaving: Leaving, origin: string) {
  const { kind, objectType, objectId, at } = leaving;
  const who = plainName(leaving.actorName);
  const link = linkTo(origin, objectType, objectId);
  return {
    type: `notification.${kind}`,
    key: `notification ${leaving.leafIndex}`,
    // In some chats <!everybody> or <address|words> would be more than text.
    more: { text: `${escaped(wordsToTeam(kind, who, objectId))}. ${link}` },
    data: { kind, actor: who, object: { type: objectType, id: objectId }, link, at: at.toISOString() },
  };
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** @throws Undelivered when the receiver did not take it, or nobody knows */
export async function postNotification(
  to: SignedPost,
  message: Parameters<typeof postSigned>[1],
  signal?: AbortSignal,
): Promise<void> {
  const { status } = await postSigned(to, message, signal).catch((error: unknown) => {
    if (error instanceof OutgoingError) throw new Undelivered(error.message, { cause: error });
    throw error;
  });
  if (status >= 300 && status < 400) throw new Undelivered(`answered ${status}: redirects are not followed`);
  if (status < 200 || status >= 400) throw new Undelivered(`answered ${status}`);
}
