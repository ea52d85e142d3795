/**
 * The skeleton of plain ASCII without quoted material, which most prompts are: one pass over the characters, no
 * regular expression and no string for a word. Finds what prompt-skeleton.ts finds.
 */
import { INSTRUCTION_WORDS } from './instruction-words';
import { isInstruction, joinSentences, MAX_KEPT_WORDS, MAX_RUN, READ_CHARS } from './skeleton-rules';

const WORDS = [...INSTRUCTION_WORDS];
const SLOTS = 1 << 13;
/** Place in WORDS + 1 by hash, 0 where free. */
const BY_HASH = new Int16Array(SLOTS);
for (const [place, word] of WORDS.entries()) {
  let at = hashOf(word, 0, word.length) & (SLOTS - 1);
  while (BY_HASH[at] !== 0) at = (at + 1) & (SLOTS - 1);
  BY_HASH[at] = place + 1;
}

const INSIDE = 0;
const DELIMITER = 1;
const SPACE = 2;
const LINE_END = 3;
const SENTENCE_END = 4;
const QUOTE = 5;
const TYPES = new Uint8Array(128);
for (const code of [9, 11, 12, 13, 32]) TYPES[code] = SPACE;
for (const character of ',()[]{}#*') TYPES[character.charCodeAt(0)] = DELIMITER;
for (const character of '.!?:;') TYPES[character.charCodeAt(0)] = SENTENCE_END;
TYPES[10] = LINE_END;
TYPES['"'.charCodeAt(0)] = QUOTE;
TYPES['`'.charCodeAt(0)] = QUOTE;

/** One sentence after another. */
class Sentences {
  readonly done: string[] = [];
  kept = 0;
  distinct = 0;
  private parts: string[] = [];
  private places: number[] = [];
  private masked = 0;
  private run = 0;
  private isFull = false;
  private readonly seen = new Set<number>();

  /** Takes text[from, to), a run of characters that no delimiter interrupts. */
  addChunk(text: string, from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && !isAlphanumeric(text.charCodeAt(start))) start++;
    while (end > start && !isAlphanumeric(text.charCodeAt(end - 1))) end--;
    if (start === end || this.isFull) return;
    const place = placeOf(text, start, end);
    if (place < 0) {
      if (++this.run === 1) this.parts.push('_');
      if (this.run <= MAX_RUN) this.masked++;
      return;
    }
    this.places.push(place);
    this.parts.push(WORDS[place]!);
    this.run = 0;
    this.isFull = this.places.length >= MAX_KEPT_WORDS - this.kept;
  }

  /** @returns true when enough was kept */
  end(): boolean {
    const { parts, places } = this;
    if (parts.length === 0) return false;
    if (isInstruction(places.length, this.masked)) {
      for (const place of places) this.seen.add(place);
      this.kept += places.length;
      this.distinct = this.seen.size;
      this.done.push(parts.join(' '));
    } else if (this.done.at(-1) !== '_') this.done.push('_');
    this.parts = [];
    this.places = [];
    this.masked = 0;
    this.run = 0;
    this.isFull = false;
    return this.kept >= MAX_KEPT_WORDS;
  }
}

/** Undefined for text that is not so plain. */
export function plainSkeleton(text: string): string | null | undefined {
  const length = Math.min(text.length, READ_CHARS);
  const sentences = new Sentences();
  let start = 0;
  let isEnough = false;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return undefined;
    const type = TYPES[code]!;
    if (type === INSIDE || isEnough) {
      if (type === QUOTE) return undefined;
      continue;
    }
    if (type === QUOTE) return undefined;
    let next = at + 1;
    if (type === SENTENCE_END) {
      while (next < length && TYPES[text.charCodeAt(next)] === SENTENCE_END) next++;
      const after = next < length ? TYPES[text.charCodeAt(next)] : SPACE;
      if (after !== SPACE && after !== LINE_END) {
        // Within a number or a name.
        at = next - 1;
        continue;
      }
    }
    sentences.addChunk(text, start, at);
    if (type >= LINE_END) isEnough = sentences.end();
    start = next;
    at = next - 1;
  }
  if (!isEnough) {
    sentences.addChunk(text, start, length);
    sentences.end();
  }
  return joinSentences(sentences.done, sentences.kept, sentences.distinct);
}

function placeOf(text: string, from: number, to: number): number {
  const length = to - from;
  for (let at = hashOf(text, from, to) & (SLOTS - 1); BY_HASH[at] !== 0; at = (at + 1) & (SLOTS - 1)) {
    const place = BY_HASH[at]! - 1;
    const word = WORDS[place]!;
    if (word.length !== length) continue;
    let n = 0;
    while (n < length && word.charCodeAt(n) === lower(text.charCodeAt(from + n))) n++;
    if (n === length) return place;
  }
  return -1;
}

function hashOf(text: string, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ lower(text.charCodeAt(at)), 0x01000193);
  return hash ^ (hash >>> 15);
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}

function isAlphanumeric(code: number): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57);
}
