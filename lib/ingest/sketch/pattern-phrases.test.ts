import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import { classifyPrompt, expressionOf } from './classify-prompt';
import { PHRASES } from './pattern-phrases';
import { hasRealPrompts, readRealPrompts, whyNot } from './testing/real-prompts';
import { WordSearch } from './word-search';

const EVERY_CLASS = 2 ** PHRASES.length - 1;

/** Texts like a phrase: most match it. Edges of words are not made, so a space may stand there. */
const like = (phrase: string) => fc.stringMatching(new RegExp(`^(?:${phrase.replaceAll('\\b', ' ?')})$`));

/** As classifyPrompt finds it in a short text, without asking which words occur. */
function classAtLength(text: string): number {
  let best = PHRASES.length;
  for (const match of text.toLowerCase().matchAll(expressionOf(EVERY_CLASS))) {
    for (let rank = 0; rank < best; rank++) if (match[rank + 1] !== undefined) best = rank;
  }
  return PATTERN_CLASSES.indexOf(PHRASES[best]?.[0] ?? 'other');
}

test.each(PHRASES.flatMap(([name, phrases]) => phrases.map((phrase) => [name, ...phrase] as const)))(
  '%s: what matches %s holds one of its words',
  (_name, phrase, ...words) => {
    fc.assert(
      fc.property(like(phrase), (text) => {
        const isMatch = new RegExp(phrase).test(text.toLowerCase());
        return !isMatch || words.some((word) => text.toLowerCase().includes(word));
      }),
      { numRuns: 20 },
    );
  },
);

test('finds the same class whether or not the words are asked for first', () => {
  const phrase = fc.constantFrom(...PHRASES.flatMap(([, phrases]) => phrases.map(([one]) => one)));
  const piece = fc.oneof(
    phrase.chain(like),
    fc.constantFrom(...PHRASES.flatMap(([, phrases]) => phrases.flatMap(([, ...words]) => words))),
    fc.string(),
    fc.constantFrom(' ', '. ', '\n', 'İ', '\u212A', 'Write ', 'CODE'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const prompt = pieces.join(' ').slice(0, 4_000);
      expect(classifyPrompt({ prompt })).toBe(classAtLength(prompt));
    }),
  );
});

test.runIf(hasRealPrompts)(`finds the same class in every real prompt${whyNot}`, () => {
  for (const { prompt } of [...readRealPrompts('harvest'), ...readRealPrompts('human')]) {
    if (prompt.length > 6_000) continue;
    expect(classifyPrompt({ prompt })).toBe(classAtLength(prompt));
  }
});

test('WordSearch finds exactly the sets of which a word occurs, words within words too', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '-') });
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      text,
      (sets, within) => {
        const expected = sets.map((words) => words.some((one) => within.includes(one)));
        const found = new WordSearch(sets).find(within);
        expect(sets.map((_, n) => (found & (1 << n)) !== 0)).toEqual(expected);
      },
    ),
  );
  expect(() => new WordSearch([['naïve']])).toThrow(RangeError);
});
