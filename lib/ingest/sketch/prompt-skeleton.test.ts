import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INSTRUCTION_WORDS } from './instruction-words';
import { promptSkeleton } from './prompt-skeleton';
import { hasRealPrompts, readRealPrompts, whyNot } from './testing/real-prompts';

const insights = (topic: string) =>
  `You are an expert data analyst. Deliver insights on ${topic}, with complete reasoning.`;

test('is the same for variants of one template with other topics', () => {
  const skeletons = [
    'wheat prices',
    'the history of the Roman roads',
    'GDP of 14 states (2019)',
    'm.l@example.org',
  ].map((topic) => promptSkeleton(insights(topic)));
  expect(new Set(skeletons)).toEqual(
    new Set(['you are _ expert data analyst . deliver insights _ complete reasoning']),
  );
});

test('does not depend on case, spacing, width or kind of quotes', () => {
  const plain = promptSkeleton(insights('"wheat" prices'));
  expect(promptSkeleton(insights('“wheat” prices').toUpperCase().replaceAll(' ', '\u00A0 '))).toBe(plain);
  expect(promptSkeleton(insights('ｗｈｅａｔ prices'))).toBe(plain);
});

test('tells different instructions apart', () => {
  const other =
    'You are a strict judge. Evaluate the answer about wheat and return one score between 1 and 5.';
  expect(promptSkeleton(other)).not.toBeNull();
  expect(promptSkeleton(other)).not.toBe(promptSkeleton(insights('wheat')));
});

test('masks code blocks, quoted text and sentences that are mostly topic', () => {
  const base = promptSkeleton(insights('wheat'));
  const material =
    '\n```py\nif you can: return answer\n```\n"write your answer" Rain fell on Lisbon and its seven hills.';
  expect(promptSkeleton(insights('wheat') + material)).toBe(base);
});

test('is null for everyday prompts and for text without instructions', () => {
  for (const prompt of [
    '',
    'Why?',
    'Write a poem about my dog',
    'Пожалуйста, объясни ход мыслей',
    '为什么天空是蓝色的',
  ]) {
    expect(promptSkeleton(prompt)).toBeNull();
  }
  expect(promptSkeleton('write '.repeat(50))).toBeNull();
});

test('holds at most 400 characters, and a longer one keeps a digest of the rest', () => {
  const long = [...INSTRUCTION_WORDS].filter((word) => word.length > 8).slice(0, 60);
  const skeleton = promptSkeleton(long.join(' '))!;
  expect(skeleton.length).toBeLessThanOrEqual(400);
  expect(skeleton).toMatch(/ #[0-9a-f]{16}$/);
  expect(promptSkeleton([...long.slice(0, -1), 'write'].join(' '))).not.toBe(skeleton);
});

test('never shows a word outside the fixed list, whatever comes in', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      ...INSTRUCTION_WORDS,
      'Maria',
      'm@example.org',
      '"',
      '```',
      '.',
      '\n',
      "o'neill",
      '+44 20 7946 0000',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const skeleton = promptSkeleton(pieces.join(' ')) ?? '';
      const words = skeleton.replace(/ #[0-9a-f]{16}$/, '').split(' ');
      // A cut skeleton may end inside a word.
      const whole = words.length > 1 && skeleton.includes('#') ? words.slice(0, -1) : words;
      return whole.every((word) => ['', '_', '.'].includes(word) || INSTRUCTION_WORDS.has(word));
    }),
    { numRuns: 500 },
  );
});

describe.runIf(hasRealPrompts)(`on real prompts${whyNot}`, () => {
  function tally(name: 'harvest' | 'human', only?: string) {
    const prompts = new Set(
      readRealPrompts(name)
        .filter((row) => !only || row.class === only)
        .map((row) => row.prompt),
    );
    const counts = new Map<string, number>();
    for (const prompt of prompts) {
      const skeleton = promptSkeleton(prompt);
      if (skeleton) counts.set(skeleton, (counts.get(skeleton) ?? 0) + 1);
    }
    return { total: prompts.size, counts: [...counts.values()].sort((a, b) => b - a) };
  }
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

  test('320 rubric-grading prompts have one skeleton', () => {
    expect(tally('harvest', 'rubric_grading').counts).toEqual([320]);
  });

  test('7,673 tool-use prompts fall into few skeletons: 20 hold most (measured .78)', () => {
    const { total, counts } = tally('harvest', 'tool_use_harvest');
    expect(sum(counts.slice(0, 20)) / total).toBeGreaterThan(0.76);
  });

  test('different prompts that people typed nearly never share one (measured 2 of 6,154)', () => {
    const { total, counts } = tally('human');
    expect(sum(counts.filter((count) => count > 1)) / total).toBeLessThan(0.002);
  });
});
