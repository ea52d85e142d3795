/** `--knob NAME=VALUE`, as often as wanted. */
import { KNOBS, type KnobName, type Knobs, turnKnobs } from '@/lib/simulation/knobs';
import { UsageError } from './usage';

/** @throws UsageError that names the knob, or all there are. */
export function readKnobs(given: readonly string[], seed: number): Partial<Knobs> {
  const knobs = Object.fromEntries(
    given.map((text) => {
      const [, name = '', value = ''] = /^([a-z-]+)=(.+)$/.exec(text) ?? [];
      if (!Object.hasOwn(KNOBS, name)) {
        const names = Object.keys(KNOBS).join(', ');
        throw new UsageError(
          `--knob ${text}: it is NAME=VALUE with one of ${names} (docs/simulated-world.md)`,
        );
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
