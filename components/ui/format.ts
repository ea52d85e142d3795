/** Numbers, times and names as every screen writes them. Pure: no clock and no locale of the reader's. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "20,000". */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** Three figures and a unit: "604", "1.0 k", "604 k", "1.94 M", "12.9 M", "41.2 B". */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (size < 999.5) return String(Math.round(value));
  if (size < 9_950) return `${(value / 1e3).toFixed(1)} k`;
  if (size < 999_500) return `${Math.round(value / 1e3)} k`;
  if (size < 999.5e6) return `${threeFigures(value / 1e6)} M`;
  return `${threeFigures(value / 1e9)} B`;
}

/** Something a day: "2.4", "27", "1.0 k". */
export function formatRate(value: number): string {
  return value < 9.95 ? trimZeros(value.toFixed(1)) : formatShort(value);
}

function threeFigures(value: number): string {
  const size = Math.abs(value);
  if (size < 9.995) return value.toFixed(2);
  if (size < 99.95) return value.toFixed(1);
  return grouped.format(value);
}

/** What chance would give: "<0.01", "0.08", "0.6", "4.1", "2,210". Without the word. */
export function formatExpected(value: number): string {
  if (value < 0.01) return '<0.01';
  if (value < 1) return trimZeros(value.toFixed(2));
  if (value < 10) return trimZeros(value.toFixed(1));
  return grouped.format(value);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A share of 1 in per cent: "0.3 %", "91 %", "<0.1 %", "0 %". The gap does not break. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0\u00a0%';
  if (percent < 0.1) return '<0.1\u00a0%';
  return `${percent < 9.95 ? trimZeros(percent.toFixed(1)) : Math.round(percent)}\u00a0%`;
}

/** One decimal, always: "41.6". */
export function formatScore(value: number): string {
  return value.toFixed(1);
}

/** Points that add up to a score, with their sign: "+9.8", "−1.2". */
export function formatPoints(value: number): string {
  return `${value < -0.05 ? '\u2212' : '+'}${Math.abs(value).toFixed(1)}`;
}

/** Whole dollars: "$9,420". */
export function formatDollars(value: number): string {
  return `$${grouped.format(value)}`;
}

/** The largest unit that fits: "40 s", "12 min", "2 h", "38 d", "14 mo", "3 y". Never negative. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  if (seconds < 3_570) return `${Math.round(seconds / 60)} min`;
  if (seconds < 84_600) return `${Math.round(seconds / 3_600)} h`;
  const days = seconds / 86_400;
  if (days < 364.5) return `${Math.round(days)} d`;
  const months = days / 30.44;
  return months < 35.5 ? `${Math.round(months)} mo` : `${Math.round(days / 365.25)} y`;
}

/** How long something takes, in two units: "0.8 s", "41 s", "1 min 5 s", "1 h 52 min", "2 d 3 h". */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${trimZeros(Math.max(0, seconds).toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return twoUnits(whole, 60, 'min', 1, 's');
  if (whole < 86_400) return twoUnits(whole, 3_600, 'h', 60, 'min');
  return twoUnits(whole, 86_400, 'd', 3_600, 'h');
}

function twoUnits(
  seconds: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)} ${largeUnit}${rest ? ` ${rest} ${smallUnit}` : ''}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** UTC day of an ISO time or a plain day: "24 Sep 2026". */
export function formatDay(iso: string): string {
  const date = new Date(iso);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** UTC time of day: "09:42:18", or "09:42" without seconds. */
export function formatClock(iso: string, seconds = true): string {
  return new Date(iso).toISOString().slice(11, seconds ? 19 : 16);
}

/** "24 Sep 2026, 09:42 UTC". */
export function formatMoment(iso: string): string {
  return `${formatDay(iso)}, ${formatClock(iso, false)} UTC`;
}

/** "1 account", "2,183 accounts". */
export function formatOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Two letters for a round picture: "Ines Marek" gives "IM", "Demo" gives "DE". */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return '?';
  const letters = words.length > 1 ? firstLetter(first) + firstLetter(last) : [...first].slice(0, 2).join('');
  return letters.toLocaleUpperCase('en');
}

function firstLetter(word: string): string {
  return [...word][0] ?? '';
}

// Controls, and what changes the direction of the text around it or has no width.
const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Text that strangers sent, on one line: what cannot be seen is spelled out ("⟨U+202E⟩"). */
export function showInvisible(text: string): string {
  return text.replace(
    INVISIBLE,
    (sign) => `⟨U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
