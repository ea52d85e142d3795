/**
 * A line of plain JSON → where the fields of an exchange lie in its bytes, without making objects or strings.
 * It may only accept what JSON.parse and schema.ts accept, unchanged; whatever it is unsure of it leaves to them.
 */
import { CONTRACT_FIELDS } from './coverage-schema';

export const FIELDS = CONTRACT_FIELDS.exchange;
export const fieldAt = (name: string) => FIELDS.indexOf(name);

const ID = new Set(['exchange_id', 'account_id', 'api_key_id', 'session_id']);
const NUMBERS = new Set(['asn', 'input_tokens', 'output_tokens']);
const LISTS = new Set(['tool_names', 'labels']);
const PROMPTS = new Set(['prompt', 'system_prompt']);
const MOST_UNKNOWN = 8;
/** Numbers of more digits are left to others. */
const MOST_DIGITS = 15;

const TEXT = 0;
const NUMBER = 1;
const LIST = 2;
const PROMPT = 3;
const RECORD = 4;
/** After the contract's own fields. */
const RECORD_FIELD = FIELDS.length;
const NAMES = [...FIELDS, 'record'].map((name) => Buffer.from(name));
const TYPES = [...FIELDS, 'record'].map((name) => {
  if (name === 'record') return RECORD;
  if (NUMBERS.has(name)) return NUMBER;
  if (LISTS.has(name)) return LIST;
  return PROMPTS.has(name) ? PROMPT : TEXT;
});
const MOST_LENGTH = FIELDS.map((name) => (ID.has(name) ? 128 : 512));
const REQUIRED = ['exchange_id', 'account_id', 'occurred_at'].reduce(
  (mask, name) => mask | (1 << fieldAt(name)),
  0,
);
const EXCHANGE = Buffer.from('exchange');

const keyHash = (length: number, first: number, second: number) => (length + first * 5 + second) & 127;
const BY_HASH = new Int8Array(128).fill(-1);
NAMES.forEach((name, field) => {
  const hash = keyHash(name.length, name[0]!, name[1]!);
  if (BY_HASH[hash] !== -1) throw new Error(`${name} and ${NAMES[BY_HASH[hash]!]} need another hash`);
  BY_HASH[hash] = field;
});

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE, LIST_OPEN, LIST_CLOSE] = [
  34, 92, 44, 58, 123, 125, 91, 93,
];

export class ExchangeScanner {
  /** Bit n: field n is there. */
  present = 0;
  /** Where each field lies, texts without their quotes. */
  readonly from = new Int32Array(FIELDS.length);
  readonly length = new Int32Array(FIELDS.length);
  /** Values of the fields that are numbers. */
  readonly numbers = new Float64Array(FIELDS.length);
  /** Bit n: the text of field n has escapes or is not ASCII, as prompts may. */
  rough = 0;
  unknownKeys = 0;
  private at = 0;
  private readonly unknownFrom = new Int32Array(MOST_UNKNOWN);
  private readonly unknownLength = new Int32Array(MOST_UNKNOWN);

  /** Looks at bytes[from, to), which must be valid UTF-8. @returns false when others must look */
  scan(bytes: Uint8Array, from: number, to: number): boolean {
    this.present = 0;
    this.rough = 0;
    this.unknownKeys = 0;
    if (bytes[from] !== OPEN) return false;
    let isExchange = false;
    this.at = from + 1;
    for (;;) {
      this.skipSpace(bytes, to);
      if (bytes[this.at] !== QUOTE) return false;
      const keyFrom = this.at + 1;
      const keyEnd = plainEnd(bytes, keyFrom, to);
      if (keyEnd < 0) return false;
      this.at = keyEnd + 1;
      this.skipSpace(bytes, to);
      if (this.at >= to || bytes[this.at] !== COLON) return false;
      this.at++;
      this.skipSpace(bytes, to);
      const field = fieldOf(bytes, keyFrom, keyEnd - keyFrom);
      if (field < 0) {
        if (!this.scanUnknown(bytes, keyFrom, keyEnd - keyFrom, to)) return false;
      } else if (field === RECORD_FIELD) {
        if (isExchange || !this.scanRecord(bytes, to)) return false;
        isExchange = true;
      } else if (!this.scanField(bytes, field, to)) return false;
      this.skipSpace(bytes, to);
      if (this.at >= to) return false;
      const next = bytes[this.at++];
      if (next === CLOSE) break;
      if (next !== COMMA) return false;
    }
    this.skipSpace(bytes, to);
    return this.at === to && isExchange && (this.present & REQUIRED) === REQUIRED;
  }

  private scanRecord(bytes: Uint8Array, to: number): boolean {
    const from = this.at + 1;
    const end = bytes[this.at] === QUOTE ? plainEnd(bytes, from, to) : -1;
    this.at = end + 1;
    return end >= 0 && isSame(bytes, from, end - from, EXCHANGE);
  }

  private scanField(bytes: Uint8Array, field: number, to: number): boolean {
    const bit = 1 << field;
    // Of a key that comes twice the last counts: rare enough to be left to others.
    if ((this.present & bit) !== 0) return false;
    this.present |= bit;
    const type = TYPES[field];
    if (type === NUMBER) return this.scanNumber(bytes, field, to);
    if (type === LIST) return this.scanList(bytes, field, to);
    if (bytes[this.at] !== QUOTE) return false;
    const from = this.at + 1;
    let end = plainEnd(bytes, from, to);
    if (end < 0) {
      if (type !== PROMPT) return false;
      end = roughEnd(bytes, from, to);
      this.rough |= bit;
    }
    if (end < 0) return false;
    this.from[field] = from;
    this.length[field] = end - from;
    this.at = end + 1;
    return type === PROMPT ? end - from <= 65_536 : end > from && end - from <= MOST_LENGTH[field]!;
  }

  private scanNumber(bytes: Uint8Array, field: number, to: number): boolean {
    const end = digitsEnd(bytes, this.at, to);
    if (end < 0) return false;
    let value = 0;
    for (let at = this.at; at < end; at++) value = value * 10 + bytes[at]! - 48;
    this.numbers[field] = value;
    this.from[field] = this.at;
    this.length[field] = end - this.at;
    this.at = end;
    return true;
  }

  private scanList(bytes: Uint8Array, field: number, to: number): boolean {
    if (bytes[this.at] !== LIST_OPEN) return false;
    const from = this.at;
    for (let at = from + 1; at < to; at++) {
      const byte = bytes[at]!;
      if (byte === LIST_CLOSE) {
        this.from[field] = from;
        this.length[field] = at + 1 - from;
        this.at = at + 1;
        return true;
      }
      if (byte !== QUOTE) continue;
      at = plainEnd(bytes, at + 1, to);
      if (at < 0) return false;
    }
    return false;
  }

  /** A key that the contract does not know, with a plain value. */
  private scanUnknown(bytes: Uint8Array, from: number, length: number, to: number): boolean {
    if (this.unknownKeys === MOST_UNKNOWN) return false;
    for (let n = 0; n < this.unknownKeys; n++) {
      if (isSame(bytes, from, length, bytes, this.unknownFrom[n]!, this.unknownLength[n]!)) return false;
    }
    this.unknownFrom[this.unknownKeys] = from;
    this.unknownLength[this.unknownKeys] = length;
    this.unknownKeys++;
    const end =
      bytes[this.at] === QUOTE ? plainEnd(bytes, this.at + 1, to) + 1 : digitsEnd(bytes, this.at, to);
    this.at = end;
    return end > 0;
  }

  private skipSpace(bytes: Uint8Array, to: number): void {
    while (this.at < to && (bytes[this.at] === 32 || bytes[this.at] === 9 || bytes[this.at] === 13))
      this.at++;
  }
}

/** The field of a key; -1 when the contract does not know it. */
function fieldOf(bytes: Uint8Array, from: number, length: number): number {
  const field = BY_HASH[keyHash(length, bytes[from]!, bytes[from + 1]!)]!;
  return field >= 0 && isSame(bytes, from, length, NAMES[field]!) ? field : -1;
}

function isSame(
  bytes: Uint8Array,
  from: number,
  length: number,
  others: Uint8Array,
  othersFrom = 0,
  othersLength = others.length,
): boolean {
  if (length !== othersLength) return false;
  for (let n = 0; n < length; n++) if (bytes[from + n] !== others[othersFrom + n]) return false;
  return true;
}

/** Where a string of plain ASCII ends, at its quote; -1 when it is none. */
function plainEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < 32 || byte > 126) return -1;
  }
  return -1;
}

/** Where any string ends; -1 when it does not. Its escapes are not looked at. */
function roughEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte < 32) return -1;
    if (byte === BACKSLASH) at++;
  }
  return -1;
}

/** Where a whole number of few digits ends; -1 when it is none. */
function digitsEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at]! >= 48 && bytes[at]! <= 57) at++;
  const count = at - from;
  if (count === 0 || count > MOST_DIGITS || (count > 1 && bytes[from] === 48)) return -1;
  const next = bytes[at];
  return at < to && (next === COMMA || next === CLOSE || next === 32 || next === 9 || next === 13) ? at : -1;
}
