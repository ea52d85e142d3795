/** `kill -9` at twenty points drawn from the seed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '@/lib/simulation/random';
import { KillBench } from './testing/kill-bench';
import { KillScenarios, type Victim } from './testing/kill-scenarios';

const POINTS = 20;
const EXCHANGES = 120_000;
const VICTIMS: readonly Victim[] = ['ingest', 'Postgres', 'one of two ingests'];

const seed = Number(process.env.WEIR_SOAK_SEED);
const random = new Random(seed, 'kill points');
let bench: KillBench;
let scenarios: KillScenarios;

beforeAll(async () => {
  bench = await KillBench.open();
  scenarios = await KillScenarios.prepare(bench, seed, EXCHANGES);
});

afterAll(() => bench?.close());

for (let point = 1; point <= POINTS; point++) {
  const victim = VICTIMS[point % VICTIMS.length]!;
  const share = random.between(0.01, 0.95);
  const percent = Math.round(share * 100);
  it(`point ${point}: counts as in one clean pass after ${victim} was killed ${percent} % through it`, async () => {
    expect(scenarios.clean.exchange!.rows).toBe(EXCHANGES);
    expect(await scenarios.run(victim, share)).toEqual(scenarios.clean);
  });
}
