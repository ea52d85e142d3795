import { expect, it } from 'vitest';
import { takeTurn } from './take-turn';

it('takeTurn() lets a minute’s requests through at once, then as many as the rate, key by key', () => {
  const now = 1_000_000;
  const key = { id: 71, name: 'busy', perMinute: 6 };
  for (let n = 0; n < 6; n++) takeTurn(key, now);
  expect(() => takeTurn(key, now)).toThrow('may come 6 times a minute, and has. Send again in 10 s');
  takeTurn({ ...key, id: 72 }, now);
  expect(() => takeTurn(key, now + 9_000)).toThrow();
  takeTurn(key, now + 10_000);
  expect(() => takeTurn(key, now + 10_000)).toThrow();
  // A clock set back gives nothing away and takes nothing.
  expect(() => takeTurn(key, now - 3_600_000)).toThrow();
  for (let n = 0; n < 6; n++) takeTurn(key, now + 120_000);
  expect(() => takeTurn(key, now + 120_000)).toThrow();
});
