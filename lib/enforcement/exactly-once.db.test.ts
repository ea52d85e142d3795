/** `kill -9` for real at three points, and a worker that stands still for longer than the other waits; `npm run
 * test:soak` kills at twenty-three, over 24,000 accounts. */
import { afterAll, expect, it } from 'vitest';
import { UnderFire } from './testing/under-fire';

let fire: UnderFire | undefined;
afterAll(() => fire?.close());

it('acts once on each of 2,000 accounts while two workers and Postgres are killed and one stands still, and all records agree', async () => {
  fire = await UnderFire.open(400);
  const blows = [
    { at: 250, kind: 'kill worker', worker: 0 },
    { at: 800, kind: 'kill Postgres', worker: 0 },
    { at: 1_200, kind: 'kill worker', worker: 0 },
    { at: 1_400, kind: 'stop worker', worker: 1 },
  ] as const;
  await fire.run(2, 1_000, blows, 110_000);
  expect(await fire.findFaults()).toEqual([]);
  expect(fire.receiver.effects.size).toBe(2_000);
}, 120_000);
