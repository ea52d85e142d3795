/**
 * MinHash of skeletons: how much two wordings have in common without comparing their words. Words in runs of three are
 * hashed; of 64 orders of all hashes the first one counts, a byte of each is kept. After Broder 1997; the orders are
 * multiply-and-add, the bytes are b-bit MinHash (Li and König 2010).
 */

/** Orders, and bytes of a sketch. */
export const SKETCH_BYTES = 64;
/** Words in a run; a shorter text is one run. */
const RUN = 3;
/** Two bytes are equal by chance once in so often. */
const BY_CHANCE = 1 / 256;

const MULTIPLY = Int32Array.from({ length: SKETCH_BYTES }, (_, i) => mix(2 * i + 1) | 1);
const ADD = Int32Array.from({ length: SKETCH_BYTES }, (_, i) => mix(2 * i + 2));

/** Puts the sketch of a skeleton down at `into[at..at + 64)`. */
export function sketchWords(text: string, into: Uint8Array, at: number): void {
  const words = text.split(' ').map(hashWord);
  const least = new Uint32Array(SKETCH_BYTES).fill(0xffffffff);
  for (let first = 0; first < Math.max(1, words.length - RUN + 1); first++) {
    let run = 0;
    for (let i = first; i < Math.min(words.length, first + RUN); i++) run = mix(run ^ words[i]!);
    for (let order = 0; order < SKETCH_BYTES; order++) {
      const place = mix(Math.imul(run, MULTIPLY[order]!) + ADD[order]!) >>> 0;
      if (place < least[order]!) least[order] = place;
    }
  }
  for (let order = 0; order < SKETCH_BYTES; order++) into[at + order] = least[order]! & 0xff;
}

/** Estimate of the Jaccard similarity of two wordings in [0, 1]; standard error about .06. */
export function similarity(sketches: Uint8Array, a: number, b: number): number {
  let equal = 0;
  for (let i = 0; i < SKETCH_BYTES; i++) if (sketches[a + i] === sketches[b + i]) equal++;
  return Math.max(0, (equal / SKETCH_BYTES - BY_CHANCE) / (1 - BY_CHANCE));
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return mix(hash);
}

function mix(x: number): number {
  let mixed = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
