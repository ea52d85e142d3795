/** 24,000 accounts, two workers: `kill -9` of a worker at twenty points drawn from the seed and of Postgres at three, and
 * one worker stopped beyond its lease. */
import { afterAll, expect, it } from 'vitest';
import { Random } from '@/lib/simulation/random';
import { type Blow, UnderFire } from './testing/under-fire';

const LISTS = 4;
const ACCOUNTS = 6_000;
const random = new Random(Number(process.env.WEIR_SOAK_SEED), 'kill points of enforcement');
const point = () => Math.floor(LISTS * ACCOUNTS * random.between(0.01, 0.95));

let fire: UnderFire | undefined;
afterAll(() => fire?.close());

it('acts once on each of 24,000 accounts, and provider, lists, states and audit agree to the last', async () => {
  fire = await UnderFire.open(300);
  const blows: Blow[] = [];
  for (let n = 0; n < 20; n++) blows.push({ at: point(), kind: 'kill worker', worker: n % 2 === 0 ? 0 : 1 });
  for (let n = 0; n < 3; n++) blows.push({ at: point(), kind: 'kill Postgres', worker: 0 });
  blows.push({ at: point(), kind: 'stop worker', worker: 1 });
  await fire.run(LISTS, ACCOUNTS, blows, 1_100_000);
  expect(await fire.findFaults()).toEqual([]);
  expect(fire.receiver.effects.size).toBe(LISTS * ACCOUNTS);
}, 1_200_000);
