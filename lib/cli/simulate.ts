/** `weir simulate` */
import { parseArgs } from 'node:util';
import { simulateWorld } from '@/lib/simulation/simulate-world';
import { writeWorld } from '@/lib/simulation/write-world';
import { readKnobs } from './read-knobs';
import { UsageError } from './usage';
import { printResult } from './with-state';

const SCALES = ['small', 'demo', 'medium', 'full'] as const;
/** The world's last moment, the same for the same seed on every day. */
const WORLD_END = new Date('2026-09-24T12:00:00Z');

export async function simulate(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'string', default: 'small' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      knob: { type: 'string', multiple: true, default: [] },
    },
  });
  const scale = SCALES.find((known) => known === values.scale);
  if (!scale) throw new UsageError(`--scale is one of ${SCALES.join(', ')}, not "${values.scale}"`);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new UsageError(`--seed is a whole number, not "${values.seed}"`);
  if (!values.out) throw new UsageError('simulate needs --out DIR');
  const knobs = readKnobs(values.knob, seed);
  printResult({
    ...(await writeWorld(simulateWorld({ scale, seed, endsAt: WORLD_END, knobs }), values.out)),
  });
}
