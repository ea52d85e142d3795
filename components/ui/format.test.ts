import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatExpected,
  formatMoment,
  formatOf,
  formatPercent,
  formatPoints,
  formatRate,
  formatShort,
  initialsOf,
  showInvisible,
} from './format';

describe('format', () => {
  test('formatCount() groups thousands', () => {
    expect(formatCount(20_000)).toBe('20,000');
    expect(formatCount(0)).toBe('0');
  });

  test('formatShort() keeps three figures and never shows 1,000 of a smaller unit', () => {
    const cases: [number, string][] = [
      [0, '0'],
      [604, '604'],
      [999.4, '999'],
      [999.6, '1.0 k'],
      [1_000, '1.0 k'],
      [9_949, '9.9 k'],
      [9_960, '10 k'],
      [604_200, '604 k'],
      [999_499, '999 k'],
      [999_600, '1.00 M'],
      [1_940_000, '1.94 M'],
      [12_900_000, '12.9 M'],
      [129_400_000, '129 M'],
      [999_600_000, '1.00 B'],
      [41_200_000_000, '41.2 B'],
    ];
    for (const [value, text] of cases) expect(formatShort(value)).toBe(text);
  });

  test('formatRate() keeps a decimal where it matters', () => {
    expect([0, 2.41, 9.97, 27.4, 1_020].map(formatRate)).toEqual(['0', '2.4', '10', '27', '1.0 k']);
  });

  test('formatExpected() says "<0.01" for what is nearly nothing and drops empty decimals', () => {
    const cases: [number, string][] = [
      [0, '<0.01'],
      [0.009, '<0.01'],
      [0.08, '0.08'],
      [0.6, '0.6'],
      [0.11, '0.11'],
      [4, '4'],
      [4.12, '4.1'],
      [14.3, '14'],
      [2210.4, '2,210'],
    ];
    for (const [value, text] of cases) expect(formatExpected(value)).toBe(text);
  });

  test('formatPercent() distinguishes nothing from very little', () => {
    expect(formatPercent(0)).toBe('0\u00a0%');
    expect(formatPercent(0.0004)).toBe('<0.1\u00a0%');
    expect(formatPercent(0.003)).toBe('0.3\u00a0%');
    expect(formatPercent(0.91)).toBe('91\u00a0%');
    expect(formatPercent(1)).toBe('100\u00a0%');
  });

  test('formatPoints() writes a true minus and no minus before zero', () => {
    expect(formatPoints(9.83)).toBe('+9.8');
    expect(formatPoints(-1.2)).toBe('\u22121.2');
    expect(formatPoints(-0.01)).toBe('+0.0');
  });

  test('formatAge() takes the largest unit that fits and is never negative', () => {
    const s = 1000;
    const cases: [number, string][] = [
      [-5 * s, '0 s'],
      [40 * s, '40 s'],
      [59.6 * s, '1 min'],
      [12 * 60 * s, '12 min'],
      [3_580 * s, '1 h'],
      [2 * 3_600 * s, '2 h'],
      [23.6 * 3_600 * s, '1 d'],
      [38 * 86_400 * s, '38 d'],
      [430 * 86_400 * s, '14 mo'],
      [4 * 365.25 * 86_400 * s, '4 y'],
    ];
    for (const [value, text] of cases) expect(formatAge(value)).toBe(text);
  });

  test('formatDuration() gives two units at most', () => {
    expect(formatDuration(0.84)).toBe('0.8 s');
    expect(formatDuration(41)).toBe('41 s');
    expect(formatDuration(60)).toBe('1 min');
    expect(formatDuration(65)).toBe('1 min 5 s');
    expect(formatDuration(6_720)).toBe('1 h 52 min');
    expect(formatDuration(183_600)).toBe('2 d 3 h');
  });

  test('days and times are UTC', () => {
    expect(formatDay('2026-09-24')).toBe('24 Sep 2026');
    expect(formatClock('2026-09-24T23:59:58.123Z')).toBe('23:59:58');
    expect(formatMoment('2026-09-24T23:59:58+02:00')).toBe('24 Sep 2026, 21:59 UTC');
  });

  test('formatOf() chooses the number', () => {
    expect(formatOf(1, 'account')).toBe('1 account');
    expect(formatOf(2_183, 'account')).toBe('2,183 accounts');
    expect(formatOf(2, 'entry', 'entries')).toBe('2 entries');
  });

  test('initialsOf() takes the first and the last word, whatever the script', () => {
    expect(initialsOf('Ines Marek')).toBe('IM');
    expect(initialsOf('cli:root')).toBe('CR');
    expect(initialsOf('Demo')).toBe('DE');
    expect(initialsOf('Émile van den Berg')).toBe('ÉB');
    expect(initialsOf('  ')).toBe('?');
  });

  test('showInvisible() spells out controls and direction overrides and leaves the rest', () => {
    expect(showInvisible('acct\u202Egpj.exe')).toBe('acct⟨U+202E⟩gpj.exe');
    expect(showInvisible('a\u0000b\nc')).toBe('a⟨U+0000⟩b⟨U+000A⟩c');
    expect(showInvisible('Zoë 漢字')).toBe('Zoë 漢字');
  });
});
