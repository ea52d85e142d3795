import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INSTRUCTION_WORDS } from './instruction-words';
import { plainSkeleton } from './plain-skeleton';
import { anySkeleton } from './prompt-skeleton';
import { hasRealPrompts, readRealPrompts, whyNot } from './testing/real-prompts';

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...INSTRUCTION_WORDS) },
  fc.constantFrom(
    ...[...".!?:;,()[]{}#*\n\r\t \v-_'/@"],
    '. ',
    '.\n',
    '?!',
    '...',
    '\n\n',
    ': ',
    '3.14',
    'e.g.,',
    'Write',
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);

test('is that of the general way for plain text, and leaves all other text to it', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 250 }), fc.constantFrom('', ' '), (pieces, between) => {
      const text = pieces.join(between);
      const plain = plainSkeleton(text);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is meant
      if (!/^[\x00-\x7f]*$/.test(text) || /["`]/.test(text)) expect(plain).toBeUndefined();
      else expect(plain).toBe(anySkeleton(text));
    }),
    { numRuns: 2_000 },
  );
});

test('reads the first 8,000 characters of a long text, as the general way does', () => {
  const words = [...INSTRUCTION_WORDS];
  const topics = Array.from({ length: 2_000 }, (_, n) => `topic${n}`).join(' ');
  for (const text of [
    `${topics}. ${words.slice(0, 40).join(' ')}`,
    words.join(' '),
    `${words.join('. ')} "quoted"`,
  ]) {
    const plain = plainSkeleton(text);
    if (plain !== undefined) expect(plain).toBe(anySkeleton(text));
  }
});

test.runIf(hasRealPrompts)(`agrees with the general way on every real prompt${whyNot}`, () => {
  let plainOnes = 0;
  for (const { prompt } of [...readRealPrompts('human'), ...readRealPrompts('harvest')]) {
    const plain = plainSkeleton(prompt);
    if (plain === undefined) continue;
    plainOnes++;
    if (plain !== anySkeleton(prompt))
      throw new Error(`${plain}\n${anySkeleton(prompt)}\n${prompt.slice(0, 300)}`);
  }
  expect(plainOnes).toBeGreaterThan(3_000);
});
