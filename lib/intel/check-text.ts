/** The last look at free text before it leaves: no account and no mail address may stand in it. */
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';

const MAIL = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+/u;

/** The parts of a text that could be the id of an account: between spaces, and with punctuation around it taken off. */
function wordsOf(text: string): string[] {
  return text.split(/\s+/u).flatMap((word) => {
    const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    return [word, bare, ...bare.split(/[/,;:()[\]{}"'=]/u)].filter((each) => each !== '');
  });
}

/** Those of the texts in which an account of this deployment, or a mail address, is named. */
export async function namesSomebody(texts: readonly string[]): Promise<ReadonlySet<string>> {
  const words = [...new Set(texts.flatMap(wordsOf))].filter((word) => word.length <= 128);
  const known = await database().account.findMany({ where: { id: { in: words } }, select: { id: true } });
  const ids = new Set(known.map(({ id }) => id));
  return new Set(texts.filter((text) => MAIL.test(text) || wordsOf(text).some((word) => ids.has(word))));
}

/** @param texts by what they are: "The summary" @throws AppError conflict when one of them names somebody */
export async function refuseNames(texts: Record<string, string>): Promise<void> {
  const named = await namesSomebody(Object.values(texts));
  const where = Object.entries(texts).find(([, text]) => named.has(text))?.[0];
  if (where === undefined) return;
  throw new AppError(
    'conflict',
    `${where} names an account or a mail address. Those never leave: take it out of the campaign, then share it.`,
  );
}
