import { expect, test } from 'vitest';
import { promptSkeleton } from '@/lib/ingest/sketch/prompt-skeleton';
import { Random } from '../random';
import {
  CODE_TEMPLATES,
  REASONING_TEMPLATES,
  REWRITE_TEMPLATES,
  RUBRIC_TEMPLATES,
  SYNTHETIC_TEMPLATES,
  TOOL_TEMPLATES,
  taskPrompt,
} from './extraction-prompts';
import { sentence } from './grammar';
import { TOPIC_COUNT, topicOf } from './topics';

test('a template picks nested choices and asks for its words', () => {
  const fill = sentence('{a|{b|c} <thing>|} end .');
  const random = new Random(1);
  const seen = new Set(Array.from({ length: 200 }, () => fill(random, (name) => name.toUpperCase())));
  expect([...seen].sort()).toEqual(['a end.', 'b THING end.', 'c THING end.', 'end.']);
});

test.each(['{a|b', 'a}', '{a|{b}'])('a template with unmatched braces is refused: %s', (template) => {
  expect(() => sentence(template)).toThrow(/brace/);
});

test('each task of a whole round has a topic of its own', () => {
  expect(new Set(Array.from({ length: TOPIC_COUNT }, (_, task) => topicOf(task))).size).toBe(TOPIC_COUNT);
});

test('each campaign template leaves at most a handful of skeletons, whatever the topic', () => {
  const random = new Random(4);
  const pools = [
    REASONING_TEMPLATES,
    RUBRIC_TEMPLATES,
    TOOL_TEMPLATES,
    CODE_TEMPLATES,
    SYNTHETIC_TEMPLATES,
    REWRITE_TEMPLATES,
  ];
  for (const template of pools.flat()) {
    const skeletons = new Set(
      Array.from({ length: 3000 }, (_, i) => promptSkeleton(taskPrompt(template, i * 23, random))),
    );
    expect(skeletons).not.toContain(null);
    expect(skeletons.size).toBeLessThanOrEqual(3);
  }
});
