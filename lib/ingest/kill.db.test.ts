/** `kill -9` for real at three points; `npm run test:soak` does it at twenty. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KillBench } from './testing/kill-bench';
import { KillScenarios, type Victim } from './testing/kill-scenarios';

const EXCHANGES = 40_000;
const VICTIMS: readonly Victim[] = ['ingest', 'Postgres', 'one of two ingests'];

let bench: KillBench;
let scenarios: KillScenarios;

beforeAll(async () => {
  bench = await KillBench.open();
  scenarios = await KillScenarios.prepare(bench, 7, EXCHANGES);
});

afterAll(() => bench?.close());

for (const [n, victim] of VICTIMS.entries()) {
  const share = 0.2 + 0.15 * (n + Math.random());
  const percent = Math.round(share * 100);
  it(`counts as in one clean pass after ${victim} was killed ${percent} % through it`, async () => {
    expect(scenarios.clean.exchange!.rows).toBe(EXCHANGES);
    expect(await scenarios.run(victim, share)).toEqual(scenarios.clean);
  }, 240_000);
}
