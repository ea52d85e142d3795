/**
 * The template behind a prompt, without its topic: what many variants of one instruction have in common.
 * Hypothesis: one template varied over thousands of topics keeps its instruction sentences word for word.
 * Formula: words of INSTRUCTION_WORDS stay, every run of others becomes `_`; a sentence that is mostly topic
 * becomes `_` as a whole; the first 60 kept words count. Known limits: instructions in other languages than
 * English give no skeleton; a template that is paraphrased anew each time gives many.
 */
import { INSTRUCTION_WORDS } from './instruction-words';
import { plainSkeleton } from './plain-skeleton';
import { isInstruction, joinSentences, MAX_KEPT_WORDS, MAX_RUN, READ_CHARS } from './skeleton-rules';

const MATERIAL = /```[\s\S]*?(?:```|$)|"[^"\n]{1,300}"|“[^”\n]{1,300}”|`[^`\n]{1,200}`/g;
const SENTENCE_END = /[.!?:;\n]+(?=\s|$)|\n/;
const EDGES = /^[^a-z0-9]+|[^a-z0-9]+$/g;

/**
 * A prompt's or system prompt's template skeleton of at most 400 characters, equal for variants of one template
 * with other topics; null when too little instruction is left to tell one template from another. Deterministic,
 * stateless, linear in the text. It holds words of a fixed list only, so no personal data.
 */
export function promptSkeleton(text: string): string | null {
  const plain = plainSkeleton(text);
  return plain === undefined ? anySkeleton(text) : plain;
}

/** As promptSkeleton, of any text. */
export function anySkeleton(text: string): string | null {
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
  return joinSentences(sentences, kept, distinct.size);
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
  return isInstruction(words.length, masked) ? { words, parts } : { words: [], parts: ['_'] };
}
