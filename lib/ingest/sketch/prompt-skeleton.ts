/**
 * The template behind a prompt, without its topic: what many variants of one instruction have in common.
 * Hypothesis: one template varied over thousands of topics keeps its instruction sentences word for word.
 * Formula: words of INSTRUCTION_WORDS stay, every run of others becomes `_`; a sentence that is mostly topic
 * becomes `_` as a whole; the first 60 kept words count. Known limits: instructions in other languages than
 * English give no skeleton; a template that is paraphrased anew each time gives many.
 */
import { createHash } from 'node:crypto';
import { INSTRUCTION_WORDS } from './instruction-words';

/** Instructions stand at the head; a harvest's material behind them must not split the template. */
const READ_CHARS = 8_000;
const MAX_KEPT_WORDS = 60;
const MAX_CHARS = 400;
/** Below these a prompt is everyday speech that strangers share by chance. */
const MIN_KEPT_WORDS = 8;
const MIN_DISTINCT_WORDS = 7;
/** A sentence stays when it holds this many instruction words and this share of them. */
const MIN_SENTENCE_WORDS = 3;
const MIN_SENTENCE_SHARE = 0.5;
/** A longer run of masked words counts as this many, so that a long topic weighs no more than a short one. */
const MAX_RUN = 2;

const MATERIAL = /```[\s\S]*?(?:```|$)|"[^"\n]{1,300}"|“[^”\n]{1,300}”|`[^`\n]{1,200}`/g;
const SENTENCE_END = /[.!?:;\n]+(?=\s|$)|\n/;
const EDGES = /^[^a-z0-9]+|[^a-z0-9]+$/g;

/**
 * A prompt's or system prompt's template skeleton of at most 400 characters, equal for variants of one template
 * with other topics; null when too little instruction is left to tell one template from another. Deterministic,
 * stateless, linear in the text. It holds words of a fixed list only, so no personal data.
 */
export function promptSkeleton(text: string): string | null {
  const sentences: string[] = [];
  const distinct = new Set<string>();
  let kept = 0;
  for (const sentence of normalize(text).split(SENTENCE_END)) {
    const masked = maskSentence(sentence, MAX_KEPT_WORDS - kept);
    if (masked.parts.length === 0) continue;
    if (masked.words.length === 0) {
      if (sentences.at(-1) !== '_') sentences.push('_');
      continue;
    }
    for (const word of masked.words) distinct.add(word);
    kept += masked.words.length;
    sentences.push(masked.parts.join(' '));
    if (kept >= MAX_KEPT_WORDS) break;
  }
  if (kept < MIN_KEPT_WORDS || distinct.size < MIN_DISTINCT_WORDS) return null;
  if (sentences.at(-1) === '_') sentences.pop();
  if (sentences[0] === '_') sentences.shift();
  return shorten(sentences.join(' . '));
}

function normalize(text: string): string {
  const part = text.slice(0, READ_CHARS);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is what needs no normalising
  const composed = /^[\x00-\x7f]*$/.test(part) ? part : part.normalize('NFKC').replaceAll('’', "'");
  const lower = composed.toLowerCase();
  return /["“`]/.test(lower) ? lower.replace(MATERIAL, ' 0 ') : lower;
}

/** A sentence's kept words, and its parts in order with `_` for what was masked. */
function maskSentence(sentence: string, room: number): { words: string[]; parts: string[] } {
  const words: string[] = [];
  const parts: string[] = [];
  let masked = 0;
  let run = 0;
  for (const chunk of sentence.split(/[\s,()[\]{}#*—–]+/)) {
    const word = chunk.replace(EDGES, '');
    if (word === '') continue;
    if (INSTRUCTION_WORDS.has(word)) {
      words.push(word);
      parts.push(word);
      run = 0;
      if (words.length >= room) break;
    } else {
      if (++run === 1) parts.push('_');
      if (run <= MAX_RUN) masked++;
    }
  }
  if (parts.length === 0) return { words, parts };
  const share = words.length / (words.length + masked);
  const isInstruction = words.length >= MIN_SENTENCE_WORDS && share >= MIN_SENTENCE_SHARE;
  return isInstruction ? { words, parts } : { words: [], parts: ['_'] };
}

function shorten(skeleton: string): string {
  if (skeleton.length <= MAX_CHARS) return skeleton;
  const digest = createHash('sha256').update(skeleton).digest('hex').slice(0, 16);
  return `${skeleton.slice(0, MAX_CHARS - 18)} #${digest}`;
}
