import { describe, expect, it } from 'vitest';
import { disableSchema, newUserSchema, revokeSchema, signInSchema } from './schema';

describe('an id that no database holds', () => {
  it.each([2_147_483_648, 9_007_199_254_740_991, 0])('%s names no user and no key', (id) => {
    const words = [
      disableSchema.safeParse({ userId: id, disabled: true }),
      revokeSchema.safeParse({ keyId: id }),
    ].map((parsed) => parsed.error?.issues[0]?.message);
    expect(words).toEqual([
      'There is no such user. Reload the page.',
      'There is no such key. Reload the page.',
    ]);
  });
});

describe('an e-mail', () => {
  it('is no longer than mail allows', () => {
    const ofLength = (length: number) => `a@${'b.'.repeat(200).slice(0, length - 6)}b.de`;
    const fits = (email: string) =>
      signInSchema.safeParse({ email, password: 'x' }).success &&
      newUserSchema.safeParse({ email, name: 'Ann', role: 'viewer' }).success;
    expect([ofLength(254).length, fits(ofLength(254))]).toEqual([254, true]);
    expect([ofLength(256).length, fits(ofLength(256))]).toEqual([256, false]);
  });
});
