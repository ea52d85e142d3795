import { describe, expect, test } from 'vitest';
import { PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import { classifyPrompt, type PromptToClassify } from './classify-prompt';
import { hasRealPrompts, readRealPrompts, whyNot } from './testing/real-prompts';

const classOf = (input: PromptToClassify) => PATTERN_CLASSES[classifyPrompt(input)];

test.each([
  [
    'Articulate the internal reasoning behind a completed response, from first step to last.',
    'reasoning_elicitation',
  ],
  ['Solve it: 17 * 23. Think step by step and show complete reasoning.', 'reasoning_elicitation'],
  ['Deliver insights on wheat prices, with complete and transparent reasoning.', 'reasoning_elicitation'],
  ['Grade the answer against the rubric below and return one integer.', 'rubric_grading'],
  ['Rate each response on a scale from 1 to 10: A) … B) …', 'rubric_grading'],
  ['You have access to the following tools:\nsearch(query)\nWho won in 1998?', 'tool_use_harvest'],
  ['Produce a full agent trajectory: thought, action, observation, until done.', 'tool_use_harvest'],
  ['Rewrite this question so that the answer avoids politically sensitive claims.', 'safe_rewrite'],
  ['Give a policy-compliant version of the paragraph.', 'safe_rewrite'],
  ['Generate 20 diverse instruction-response pairs about beekeeping as JSON.', 'synthetic_data'],
  ['Write synthetic training dialogues for a bank.', 'synthetic_data'],
  ['Write a Python function that merges two sorted lists.', 'code_tasks'],
  ['Why does this throw a TypeError?\n```js\na.b.c\n```', 'code_tasks'],
  ['Could you grade my essay on Macbeth? I got a B last time.', 'other'],
  ['How do I get red wine out of a carpet?', 'other'],
  ['What is the reason the sky is blue?', 'other'],
])('%s → %s', (prompt, expected) => {
  expect(classOf({ prompt })).toBe(expected);
});

test('is other for an exchange without text, whatever tools it names, unless they are tools for code', () => {
  expect(classOf({})).toBe('other');
  expect(classOf({ tool_names: ['web_search'] })).toBe('other');
  expect(classOf({ tool_names: ['bash', 'edit'] })).toBe('code_tasks');
});

test('follows a label of the provider that names a class, and ignores other labels', () => {
  expect(classOf({ prompt: 'hello', labels: ['benign?', 'Rubric-Grading'] })).toBe('rubric_grading');
  expect(classOf({ prompt: 'Write a Python function.', labels: ['other'] })).toBe('code_tasks');
});

test('finds the pattern in the system prompt too, and the stronger class wins', () => {
  const system_prompt = 'You are an impartial judge.';
  expect(classOf({ prompt: 'Show your complete reasoning.', system_prompt })).toBe('rubric_grading');
});

test('looks at the head and the foot of a prompt of 60,000 characters', () => {
  const material = 'The ship sailed on. '.repeat(3000);
  expect(classOf({ prompt: `${material}Show your complete reasoning.` })).toBe('reasoning_elicitation');
  expect(classOf({ prompt: `Show your complete reasoning. ${material}` })).toBe('reasoning_elicitation');
});

test('stays quick on text made to stall patterns', () => {
  const started = performance.now();
  for (const piece of [
    'rate the ',
    'rewrite ',
    'thought:',
    'generate 5 ',
    'assistant a ',
    'useful for when you need to ',
  ]) {
    classifyPrompt({ prompt: piece.repeat(8000) });
  }
  expect(performance.now() - started).toBeLessThan(1000);
});

describe.runIf(hasRealPrompts)(`on real prompts${whyNot}`, () => {
  const share = (name: 'harvest' | 'human', of: (prompt: string) => boolean, only?: string) => {
    const rows = readRealPrompts(name).filter((row) => !only || row.class === only);
    return rows.filter((row) => of(row.prompt)).length / rows.length;
  };

  test('finds rubric grading (measured 1.00)', () => {
    expect(
      share('harvest', (prompt) => classOf({ prompt }) === 'rubric_grading', 'rubric_grading'),
    ).toBeGreaterThan(0.99);
  });

  test('finds the tool-use set (measured 1.00; .94 without the word that names its corpus)', () => {
    const isHarvest = (prompt: string) => classOf({ prompt }) === 'tool_use_harvest';
    expect(share('harvest', isHarvest, 'tool_use_harvest')).toBeGreaterThan(0.99);
    const unnamed = (prompt: string) => isHarvest(prompt.replaceAll('toolformer', 'tools'));
    expect(share('harvest', unnamed, 'tool_use_harvest')).toBeGreaterThan(0.93);
  });

  test('takes fewer than 1 in 1,000 of people’s prompts for extraction (measured 2 of 6,508)', () => {
    const isExtraction = (prompt: string) => !['other', 'code_tasks'].includes(classOf({ prompt })!);
    expect(share('human', isExtraction)).toBeLessThan(0.001);
  });
});
