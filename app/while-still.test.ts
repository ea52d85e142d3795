import { expect, it } from 'vitest';
import { whileStill } from './while-still';

it('whileStill() hands pieces on until they are no longer allowed', async () => {
  async function* endless() {
    for (let n = 0; ; n++) yield n;
  }
  const seen: number[] = [];
  const still = async () => {
    if (seen.length >= 3) throw new Error('revoked');
  };
  const reading = async () => {
    for await (const piece of whileStill(endless(), still, -1)) seen.push(piece);
  };
  await expect(reading()).rejects.toThrow('revoked');
  expect(seen).toEqual([0, 1, 2]);
});
