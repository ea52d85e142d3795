import { expect, test } from 'vitest';
import { epochTime, nanoTime, utcTime } from './source-times';

test('reads times as databases and APIs print them, and takes one without a zone for UTC', () => {
  const at = '2026-09-01T08:14:22.113Z';
  for (const text of [
    '2026-09-01 08:14:22.113',
    '2026-09-01T08:14:22.113',
    '2026-09-01T08:14:22.113000Z',
    '2026-09-01T08:14:22.113000+00:00',
    '2026-09-01 08:14:22.113+00',
    '2026-09-01 08:14:22.113 UTC',
    '2026-09-01 13:44:22.113+0530',
    '2026-09-01 03:14:22.113-05',
  ]) {
    expect([text, utcTime(text)]).toEqual([text, at]);
  }
});

test('reads epochs of each unit, as numbers and as digits', () => {
  expect(epochTime(1788250462, 's')).toBe('2026-09-01T08:14:22.000Z');
  expect(epochTime('1788250462.113', 's')).toBe('2026-09-01T08:14:22.113Z');
  expect(epochTime('1788250462113', 'ms')).toBe('2026-09-01T08:14:22.113Z');
  expect(nanoTime('1788250462113999999')).toBe('2026-09-01T08:14:22.113Z');
  expect(nanoTime(1788250462113000000)).toBe('2026-09-01T08:14:22.113Z');
});

test('leaves what is no time as it is, so that the check can name it', () => {
  for (const value of ['', 'soon', '2026-02-30 00:00:00', '2026-09-01', null, undefined, {}, true]) {
    expect(utcTime(value)).toBe(value);
    expect(epochTime(value, 's')).toBe(value);
    expect(nanoTime(value)).toBe(value);
  }
  for (const value of [Number.NaN, Infinity, 1e300]) expect(epochTime(value, 's')).toBe(value);
});
