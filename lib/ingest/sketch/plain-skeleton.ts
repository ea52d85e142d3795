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
const HASHES = new Int32Array(WORDS.length);

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

const PRIME = 0x01000193;
/** Lower case by character. */
const LOWER = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code | 32 : code));
const ALPHANUMERIC = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[a-z0-9]/i.test(String.fromCharCode(code))),
);
/** By place in WORDS: the text in which the word was last kept, counted. */
const SEEN_IN = new Float64Array(WORDS.length);
let textsRead = 0;
/** Room for the text that is being read. A UTF-16 unit takes at most three bytes. */
const BYTES = new Uint8Array(READ_CHARS * 3);
const ENCODER = new TextEncoder();
/** The words, one behind the other, and where each begins. */
const WORD_BYTES = ENCODER.encode(WORDS.join(''));
const WORD_FROM = new Int32Array(WORDS.length + 1);

for (const [place, word] of WORDS.entries()) {
  let hash = 0;
  for (let n = 0; n < word.length; n++) hash = Math.imul(hash ^ word.charCodeAt(n), PRIME);
  HASHES[place] = hash;
  WORD_FROM[place + 1] = WORD_FROM[place]! + word.length;
  let at = slotOf(hash, word.length);
  while (BY_HASH[at] !== 0) at = (at + 1) & (SLOTS - 1);
  BY_HASH[at] = place + 1;
}

/** One sentence after another. */
class Sentences {
  readonly done: string[] = [];
  kept = 0;
  distinct = 0;
  private words = '';
  private places: number[] = [];
  private masked = 0;
  private run = 0;
  private isFull = false;
  private readonly text = ++textsRead;

  /** Takes a word. @param place as placeOf gives it */
  add(place: number): void {
    if (this.isFull) return;
    if (place < 0) {
      if (++this.run === 1) this.words += this.words === '' ? '_' : ' _';
      if (this.run <= MAX_RUN) this.masked++;
      return;
    }
    this.places.push(place);
    this.words += this.words === '' ? WORDS[place]! : ` ${WORDS[place]!}`;
    this.run = 0;
    this.isFull = this.places.length >= MAX_KEPT_WORDS - this.kept;
  }

  /** @returns true when enough was kept */
  end(): boolean {
    const { words, places } = this;
    if (words === '') return false;
    if (isInstruction(places.length, this.masked)) {
      for (const place of places) {
        if (SEEN_IN[place] === this.text) continue;
        SEEN_IN[place] = this.text;
        this.distinct++;
      }
      this.kept += places.length;
      this.done.push(words);
    } else if (this.done.at(-1) !== '_') this.done.push('_');
    this.words = '';
    this.places = [];
    this.masked = 0;
    this.run = 0;
    this.isFull = false;
    return this.kept >= MAX_KEPT_WORDS;
  }
}

/** Undefined for text that is not so plain. */
export function plainSkeleton(text: string): string | null | undefined {
  const head = text.length > READ_CHARS ? text.slice(0, READ_CHARS) : text;
  const length = ENCODER.encodeInto(head, BYTES).written;
  if (length !== head.length) return undefined;
  const sentences = new Sentences();
  // The word that is being read: from its first letter or digit, hashed up to its last one so far.
  let from = -1;
  let to = 0;
  let hash = 0;
  let hashSoFar = 0;
  let isEnough = false;
  for (let at = 0; at < length; at++) {
    const code = BYTES[at]!;
    const type = TYPES[code]!;
    if (type === QUOTE) return undefined;
    if (isEnough) continue;
    if (type === INSIDE) {
      if (ALPHANUMERIC[code] === 1) {
        if (from < 0) {
          from = at;
          hashSoFar = 0;
        }
        hashSoFar = Math.imul(hashSoFar ^ LOWER[code]!, PRIME);
        hash = hashSoFar;
        to = at + 1;
      } else hashSoFar = Math.imul(hashSoFar ^ code, PRIME);
      continue;
    }
    let next = at + 1;
    if (type === SENTENCE_END) {
      while (next < length && TYPES[BYTES[next]!] === SENTENCE_END) next++;
      const after = next < length ? TYPES[BYTES[next]!] : SPACE;
      if (after !== SPACE && after !== LINE_END) {
        // Within a number or a name.
        for (let inside = at; inside < next; inside++) {
          hashSoFar = Math.imul(hashSoFar ^ BYTES[inside]!, PRIME);
        }
        at = next - 1;
        continue;
      }
    }
    if (from >= 0) {
      sentences.add(placeOf(from, to, hash));
      from = -1;
    }
    if (type >= LINE_END) isEnough = sentences.end();
    at = next - 1;
  }
  if (!isEnough) {
    if (from >= 0) sentences.add(placeOf(from, to, hash));
    sentences.end();
  }
  return joinSentences(sentences.done, sentences.kept, sentences.distinct);
}

/** Place in WORDS of what lies in BYTES[from, to), -1 when it is none of them. */
function placeOf(from: number, to: number, hash: number): number {
  const length = to - from;
  for (let at = slotOf(hash, length); BY_HASH[at] !== 0; at = (at + 1) & (SLOTS - 1)) {
    const place = BY_HASH[at]! - 1;
    if (HASHES[place] !== hash) continue;
    const start = WORD_FROM[place]!;
    if (WORD_FROM[place + 1]! - start !== length) continue;
    let n = 0;
    while (n < length && WORD_BYTES[start + n] === LOWER[BYTES[from + n]!]) n++;
    if (n === length) return place;
  }
  return -1;
}

function slotOf(hash: number, length: number): number {
  const mixed = hash ^ length;
  return (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
}
