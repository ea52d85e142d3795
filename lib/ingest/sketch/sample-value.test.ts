import { describe, expect, it } from 'vitest';
import { sampledItem, sampledSession } from './sample-value';

const texts = Array.from(
  { length: 6_400 },
  (_, i) => `Task ${i}: describe the history of place number ${i * 7}.`,
);

describe('sampledItem()', () => {
  it('keeps about one text in 32', () => {
    const kept = texts.filter((text) => sampledItem(text) !== undefined);
    expect(kept.length).toBeGreaterThan(150);
    expect(kept.length).toBeLessThan(250);
  });

  it('keeps the same ones for everybody, whatever their case and spacing', () => {
    for (const text of texts) expect(sampledItem(`  ${text.toUpperCase()}\n`)).toBe(sampledItem(text));
  });

  it('takes plain and other texts by the same rule', () => {
    // The Kelvin sign and the long s have small letters of ASCII, but go the way of what is not ASCII.
    const kept = texts.map((text) => text.toLowerCase().replace('task', '\u00a0tas\u212a'));
    for (const [n, text] of kept.entries()) expect(sampledItem(text)).toBe(sampledItem(texts[n]!));
    for (const text of texts.slice(0, 640)) {
      const long = text.padEnd(3_999, 'x');
      expect(sampledItem(`${long} a`)).toBe(sampledItem(`${long}\u00a0b`));
    }
  });

  it('holds nothing of the text', () => {
    const kept = texts.flatMap((text) => sampledItem(text) ?? []);
    for (const item of kept) expect(item).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(kept).size).toBe(kept.length);
  });

  it('has no item for no text', () => {
    expect(sampledItem(' \n ')).toBeUndefined();
    expect(sampledSession('')).toBeUndefined();
  });
});
