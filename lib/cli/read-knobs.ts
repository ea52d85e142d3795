/** `--knob NAME=VALUE`, as often as wanted. */
import { KNOBS, type KnobName, type Knobs, turnKnobs } from '@/lib/simulation/knobs';
import { UsageError } from './usage';

/** @throws UsageError that names the knob, or all of them. */
export function readKnobs(given: readonly string[], seed: number): Partial<Knobs> {
  const knobs = Object.fromEntries(
    given.map((text) => {
      const [, name = '', value = ''] = /^([a-z-]+)=(.+)$/.exec(text) ?? [];
      if (!Object.hasOwn(KNOBS, name)) {
        throw new UsageError(`--knob ${text}: there is no such knob; there are\n${listKnobs()}`);
      }
      return [name as KnobName, Number(value)];
    }),
  );
  try {
    turnKnobs(seed, knobs);
  } catch (error) {
    throw new UsageError(`--knob: ${(error as RangeError).message}`);
  }
  return knobs;
}

function listKnobs(): string {
  return Object.entries(KNOBS)
    .map(([name, { words, allows }]) => `  ${name.padEnd(22)} ${words} (${allows.join(' to ')})`)
    .join('\n');
}
