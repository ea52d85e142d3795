import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KNOBS, type KnobName, turnKnobs } from './knobs';

test('each knob is drawn within its range, and the ranges within what is allowed', () => {
  for (const seed of [1, 2, 3]) {
    for (const [name, value] of Object.entries(turnKnobs(seed))) {
      const { draws, allows } = KNOBS[name as KnobName];
      expect([name, value >= draws[0] && value <= draws[1]]).toEqual([name, true]);
      expect([name, draws[0] >= allows[0] && draws[1] <= allows[1]]).toEqual([name, true]);
    }
  }
});

test('turning one knob leaves the others where the seed put them', () => {
  const { 'hydra-customers': _, ...others } = turnKnobs(5);
  expect(turnKnobs(5, { 'hydra-customers': 0.6 })).toEqual({ ...others, 'hydra-customers': 0.6 });
  expect(turnKnobs(6)).not.toEqual(turnKnobs(5));
});

test('a value out of range is refused by name', () => {
  expect(() => turnKnobs(1, { 'hydra-customers': 2 })).toThrow(/hydra-customers lies between 0 and 0.95/);
  expect(() => turnKnobs(1, { pivot: Number.NaN })).toThrow(RangeError);
});

test('the documentation names each knob as it is', () => {
  const text = readFileSync(new URL('../../docs/simulated-world.md', import.meta.url), 'utf8');
  const rows = Object.entries(KNOBS).map(([name, { words, draws, allows }]) => {
    const drawn = draws[0] === draws[1] ? draws[0] : draws.join(' to ');
    return `| \`${name}\` | ${words} | ${drawn} | ${allows.join(' to ')} |`;
  });
  expect(rows.filter((row) => !text.includes(row))).toEqual([]);
});
