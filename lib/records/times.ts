/** RFC 3339 date-times, and the span of time in which a record is believed. */

const DAY_MS = 86_400_000;
/** 2015-01-01T00:00:00Z: no model API is older. */
const EARLIEST_MS = 1_420_070_400_000;

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Milliseconds since 1970 of an RFC 3339 date-time; NaN when it is none. Digits below a millisecond are cut. */
export function parseTime(text: string): number {
  const plain = parsePlainTime(text);
  if (!Number.isNaN(plain)) return plain;
  const parts = RFC_3339.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHour, offsetMinute] = parts;
  const ms = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  let offset = 0;
  if (sign) {
    if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return Number.NaN;
    offset = (sign === '-' ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  }
  const at = toMs(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  // A leap second is the last of a UTC day: counted as the first moment of the next one.
  if (second === '60' && (at - offset) % DAY_MS !== 0) return Number.NaN;
  return at + ms - offset;
}

/** As parseTime, of `YYYY-MM-DDTHH:MM:SS[.mmm]Z` only and without a regular expression: what nearly every sender writes. */
export function parsePlainTime(text: string): number {
  const length = text.length;
  if (length !== 20 && length !== 24) return Number.NaN;
  if (text.charCodeAt(length - 1) !== 90 || text.charCodeAt(10) !== 84) return Number.NaN;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return Number.NaN;
  let ms = 0;
  if (length === 24) {
    if (text.charCodeAt(19) !== 46) return Number.NaN;
    ms = digits(text, 20, 3);
  }
  const second = digits(text, 17, 2);
  if (second > 59) return Number.NaN;
  return (
    toMs(
      digits(text, 0, 4),
      digits(text, 5, 2),
      digits(text, 8, 2),
      digits(text, 11, 2),
      digits(text, 14, 2),
      second,
    ) + ms
  );
}

/** Reads times out of ASCII bytes; remembers the day that it read last. */
export class PlainTimes {
  private day = Number.NaN;
  private dayMs = Number.NaN;

  /** As parsePlainTime. */
  parse(bytes: Uint8Array, from: number, length: number): number {
    if (length !== 20 && length !== 24) return Number.NaN;
    if (bytes[from + length - 1] !== 90 || bytes[from + 10] !== 84) return Number.NaN;
    if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45) return Number.NaN;
    if (bytes[from + 13] !== 58 || bytes[from + 16] !== 58) return Number.NaN;
    if (length === 24 && bytes[from + 19] !== 46) return Number.NaN;
    const year = byteDigits(bytes, from, 4);
    const month = byteDigits(bytes, from + 5, 2);
    const day = byteDigits(bytes, from + 8, 2);
    const whole = year * 10_000 + month * 100 + day;
    if (whole !== this.day) {
      this.day = whole;
      this.dayMs = toMs(year, month, day, 0, 0, 0);
    }
    const hour = byteDigits(bytes, from + 11, 2);
    const minute = byteDigits(bytes, from + 14, 2);
    const second = byteDigits(bytes, from + 17, 2);
    const ms = length === 24 ? byteDigits(bytes, from + 20, 3) : 0;
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
    return this.dayMs + hour * 3_600_000 + minute * 60_000 + second * 1_000 + ms;
  }
}

function byteDigits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = bytes[i]! - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Date.UTC, but NaN for 30 February and for hour 24, which Date would roll over. */
function toMs(year: number, month: number, day: number, hour: number, minute: number, second: number) {
  if (!(hour <= 23 && minute <= 59 && second <= 60 && day >= 1)) return Number.NaN;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (!(day <= (DAYS_IN_MONTH[month - 1] ?? 0) + (leap ? 1 : 0))) return Number.NaN;
  return year < 100 ? Number.NaN : Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Whether a moment lies within [2015-01-01, now + 1 day]; a clock a day ahead is forgiven. */
export function isBelievableTime(ms: number, now: Date): boolean {
  return ms >= EARLIEST_MS && ms <= now.getTime() + DAY_MS;
}

/** The believed span for people, as "2015-01-01 to 2026-09-30". */
export function describeBelievableSpan(now: Date): string {
  return `2015-01-01 to ${new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10)}`;
}

/**
 * The same moment as `YYYY-MM-DDTHH:MM:SS[.mmm]Z`. Postgres refuses offsets beyond 15:59 and very long fractions, so
 * whatever is not of that form already is rewritten.
 */
export function normalizeTime(text: string): string {
  return Number.isNaN(parsePlainTime(text)) ? new Date(parseTime(text)).toISOString() : text;
}
