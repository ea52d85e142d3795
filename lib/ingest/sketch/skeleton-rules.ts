/** What makes a skeleton, for both ways of finding it. */
import { createHash } from 'node:crypto';

/** Instructions stand at the head; a harvest's material behind them must not split the template. */
export const READ_CHARS = 8_000;
export const MAX_KEPT_WORDS = 60;
const MAX_CHARS = 400;
/** Below these a prompt is everyday speech that strangers share by chance. */
const MIN_KEPT_WORDS = 8;
const MIN_DISTINCT_WORDS = 7;
/** A sentence stays when it holds this many instruction words and this share of them. */
const MIN_SENTENCE_WORDS = 3;
const MIN_SENTENCE_SHARE = 0.5;
/** A longer run of masked words counts as this many, so that a long topic weighs no more than a short one. */
export const MAX_RUN = 2;

export function isInstruction(words: number, masked: number): boolean {
  return words >= MIN_SENTENCE_WORDS && words / (words + masked) >= MIN_SENTENCE_SHARE;
}

/** @param sentences each as its kept words with `_` between, or `_` alone */
export function joinSentences(sentences: string[], kept: number, distinct: number): string | null {
  if (kept < MIN_KEPT_WORDS || distinct < MIN_DISTINCT_WORDS) return null;
  if (sentences.at(-1) === '_') sentences.pop();
  if (sentences[0] === '_') sentences.shift();
  return shorten(sentences.join(' . '));
}

function shorten(skeleton: string): string {
  if (skeleton.length <= MAX_CHARS) return skeleton;
  const digest = createHash('sha256').update(skeleton).digest('hex').slice(0, 16);
  return `${skeleton.slice(0, MAX_CHARS - 18)} #${digest}`;
}
