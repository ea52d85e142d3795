import { expect, it } from 'vitest';
import { joinWordings } from './join-wordings';
import { SKETCH_BYTES, similarity, sketchWords } from './min-hash';
import { seededRandom, shuffle } from './random';
import type { Snapshot } from './schema';
import { World } from './testing/world';

/** A snapshot in which account i shows texts[i] as its template, with sketches of all of them. */
function showing(texts: readonly string[], order: Iterable<number> = texts.keys()): Snapshot {
  const world = new World();
  for (const i of order) world.seen(`a${i}`, 'template', texts[i]!);
  const snapshot = world.snapshot();
  const sketches = new Uint8Array(snapshot.valueIds.length * SKETCH_BYTES);
  snapshot.valueIds.forEach((text, value) => {
    sketchWords(text, sketches, value * SKETCH_BYTES);
  });
  return { ...snapshot, wordings: { value: Int32Array.from(snapshot.valueIds.keys()), sketches } };
}

/** For each account the wording that it counts for. */
const wordingOf = (snapshot: Snapshot): Map<string, string> =>
  new Map(
    Array.from(snapshot.links.account, (account, i) => [
      snapshot.accountIds[account]!,
      snapshot.valueIds[snapshot.links.value[i]!]!,
    ]),
  );

const words = (seed: number, n: number): string[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => `w${Math.floor(random() * 300)}`);
};
/** Variants of a text of 60 words in which the i-th word is another. */
const variants = (seed: number, n: number): string[] =>
  Array.from({ length: n }, (_, i) =>
    words(seed, 60)
      .with(3 * i, `other${i}`)
      .join(' '),
  );

it('counts a script whose writer changes a word in each account as one wording, whatever the order', () => {
  const texts = [words(1, 60).join(' '), words(1, 60).join(' '), ...variants(1, 10)];
  const found = wordingOf(joinWordings(showing(texts)));
  expect(new Set(found.values())).toEqual(new Set([texts[0]]));
  const order = Int32Array.from(texts.keys());
  shuffle(order, seededRandom(5));
  expect(new Map([...wordingOf(joinWordings(showing(texts, order)))].sort())).toEqual(
    new Map([...found].sort()),
  );
});

it('leaves strangers and chains apart: what is like its neighbour only does not reach the far end', () => {
  const strangers = Array.from({ length: 200 }, (_, i) => words(100 + i, 40).join(' '));
  expect(new Set(wordingOf(joinWordings(showing(strangers))).values()).size).toBe(200);
  const all = words(2, 200);
  const chain = Array.from({ length: 15 }, (_, i) => all.slice(i * 5, i * 5 + 60).join(' '));
  expect(new Set(wordingOf(joinWordings(showing(chain))).values()).size).toBeGreaterThan(4);
});

it('estimates the share of runs of three words that two wordings have in common', () => {
  const sketches = new Uint8Array(2 * SKETCH_BYTES);
  const errors = Array.from({ length: 40 }, (_, seed) => {
    const text = words(seed, 80);
    sketchWords(text.join(' '), sketches, 0);
    sketchWords([...text.slice(20), ...words(seed + 1_000, 20)].join(' '), sketches, SKETCH_BYTES);
    return similarity(sketches, 0, SKETCH_BYTES) - 58 / (78 + 20);
  });
  const mean = errors.reduce((sum, each) => sum + each, 0) / errors.length;
  expect(Math.abs(mean)).toBeLessThan(0.04);
  expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.25);
});
