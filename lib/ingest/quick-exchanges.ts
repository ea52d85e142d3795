/**
 * The quick way for well-formed exchanges, from bytes to columns: names and values seen before are told by their
 * bytes, so that a line becomes no object and hardly a string. What it leaves alone goes the ordinary way, and both
 * ways put down the same.
 */
import { isAddress, isStorable } from '@/lib/records/schema';
import { isBelievableTime, PlainTimes } from '@/lib/records/times';
import { ByteTable, hashBytes } from './byte-table';
import type { Door } from './door';
import { VALUE_KINDS, VALUES_EACH } from './exchange-columns';
import { hashExchangeBytes, hashExchangeIdBefore } from './hash-identity';
import { ExchangeScanner, FIELDS, fieldAt } from './scan-exchange';
import { classifyPrompt } from './sketch/classify-prompt';
import { sampledSession } from './sketch/sample-value';
import { INT4_MAX, SESSION, type Sketcher, UNKNOWN_MODEL } from './sketcher';

const ACCOUNT = fieldAt('account_id');
const EXCHANGE = fieldAt('exchange_id');
const OCCURRED = fieldAt('occurred_at');
const MODEL = fieldAt('model');
const IP = fieldAt('ip');
const ASN = fieldAt('asn');
const INPUT = fieldAt('input_tokens');
const OUTPUT = fieldAt('output_tokens');
const PROMPT = fieldAt('prompt');
const SYSTEM = fieldAt('system_prompt');
const TEMPLATE = fieldAt('prompt_template');
const LISTS = [fieldAt('tool_names'), fieldAt('labels')] as const;
const LIST_MOST = [128, 32];
/** Fields in the order of VALUE_KINDS, -1 for what is not simply a field. */
const VALUE_FIELDS = VALUE_KINDS.map((kind) => fieldAt(kind));
const SESSION_FIELD = fieldAt('session_id');
const ASN_MOST = 4_294_967_295;
/** What makes an exchange more than columns of numbers. */
const WORDY = [PROMPT, SYSTEM, TEMPLATE, ...LISTS].reduce((mask, field) => mask | (1 << field), 0);

interface Words {
  prompt?: string;
  system_prompt?: string;
  prompt_template?: string;
  tool_names?: string[];
  labels?: string[];
}
const NO_WORDS: Words = {};
const OTHER = classifyPrompt(NO_WORDS);

export class QuickExchanges {
  private readonly scanner = new ExchangeScanner();
  private readonly table = new ByteTable();
  private readonly times = new PlainTimes();
  private generation = -1;

  constructor(
    private readonly sketcher: Sketcher,
    private readonly door: Door,
  ) {}

  /** Takes the line in bytes[from, to), which must be valid UTF-8. @returns false when it must go the ordinary way */
  take(bytes: Buffer, from: number, to: number): boolean {
    const { scanner, sketcher } = this;
    if (!scanner.scan(bytes, from, to)) return false;
    if (this.generation !== sketcher.vocabulary.generation) {
      this.generation = sketcher.vocabulary.generation;
      this.table.clear();
    }
    const at = this.times.parse(bytes, scanner.from[OCCURRED]!, scanner.length[OCCURRED]!);
    if (!isBelievableTime(at, this.door.now) || at < this.door.rules.horizon) return false;
    if ((scanner.present & (1 << ASN)) !== 0 && scanner.numbers[ASN]! > ASN_MOST) return false;
    const account = this.findAccount(bytes);
    if (account < 0 || !this.findAddress(bytes)) return false;
    const words = (scanner.present & WORDY) === 0 ? NO_WORDS : this.readWords(bytes);
    if (!words) return false;
    this.put(bytes, at, account, words);
    return true;
  }

  /** Only accounts that the door has let in before are known. */
  private findAccount(bytes: Buffer): number {
    const from = this.scanner.from[ACCOUNT]!;
    const length = this.scanner.length[ACCOUNT]!;
    const hash = hashBytes(ACCOUNT, bytes, from, length);
    const found = this.table.find(ACCOUNT, hash, bytes, from, length);
    if (found >= 0) return found;
    const known = this.sketcher.vocabulary.findAccount(bytes.toString('latin1', from, from + length));
    if (known !== undefined) this.table.add(ACCOUNT, hash, bytes, from, length, known);
    return known ?? -1;
  }

  /** Whether the address is one. It is looked at before anything is put down. */
  private findAddress(bytes: Buffer): boolean {
    if ((this.scanner.present & (1 << IP)) === 0) return true;
    const from = this.scanner.from[IP]!;
    const length = this.scanner.length[IP]!;
    const hash = hashBytes(IP, bytes, from, length);
    return (
      this.table.find(IP, hash, bytes, from, length) >= 0 ||
      isAddress(bytes.toString('latin1', from, from + length))
    );
  }

  private readWords(bytes: Buffer): Words | null {
    const { present, from, length } = this.scanner;
    const words: Words = {};
    if (present & (1 << TEMPLATE)) {
      words.prompt_template = bytes.toString('latin1', from[TEMPLATE]!, from[TEMPLATE]! + length[TEMPLATE]!);
    }
    for (const field of [PROMPT, SYSTEM]) {
      if ((present & (1 << field)) === 0) continue;
      const text = this.readPrompt(bytes, field);
      if (text === null) return null;
      words[field === PROMPT ? 'prompt' : 'system_prompt'] = text;
    }
    for (const [n, field] of LISTS.entries()) {
      if ((present & (1 << field)) === 0) continue;
      const list = readList(
        bytes.toString('latin1', from[field]!, from[field]! + length[field]!),
        LIST_MOST[n]!,
      );
      if (!list) return null;
      words[field === LISTS[0] ? 'tool_names' : 'labels'] = list;
    }
    return words;
  }

  private readPrompt(bytes: Buffer, field: number): string | null {
    const from = this.scanner.from[field]!;
    const to = from + this.scanner.length[field]!;
    if ((this.scanner.rough & (1 << field)) === 0) return bytes.toString('latin1', from, to);
    const text = parsed(bytes.toString('utf8', from - 1, to + 1));
    return typeof text === 'string' && isStorable(text) ? text : null;
  }

  private put(bytes: Buffer, at: number, account: number, words: Words): void {
    const { scanner, sketcher } = this;
    const { exchanges } = sketcher;
    const { present, numbers } = scanner;
    const place = exchanges.add();
    exchanges.account[place] = account;
    const from = scanner.from[EXCHANGE]!;
    const length = scanner.length[EXCHANGE]!;
    if (sketcher.sha256Ids) {
      hashExchangeIdBefore(bytes.toString('latin1', from, from + length), exchanges.identity, place * 2);
    } else hashExchangeBytes(bytes, from, length, exchanges.identity, place * 2);
    exchanges.at[place] = at;
    exchanges.model[place] =
      present & (1 << MODEL) ? this.number(bytes, MODEL) : sketcher.vocabulary.model(UNKNOWN_MODEL);
    exchanges.inputTokens[place] = present & (1 << INPUT) ? Math.min(numbers[INPUT]!, INT4_MAX) : 0;
    exchanges.outputTokens[place] = present & (1 << OUTPUT) ? Math.min(numbers[OUTPUT]!, INT4_MAX) : 0;
    for (let n = 0; n < VALUES_EACH; n++) {
      const field = VALUE_FIELDS[n]!;
      const isThere = field >= 0 && (present & (1 << field)) !== 0;
      exchanges.values[place * VALUES_EACH + n] = isThere ? this.number(bytes, field) : -1;
    }
    if (present & (1 << SESSION_FIELD)) {
      const start = scanner.from[SESSION_FIELD]!;
      const id = bytes.toString('latin1', start, start + scanner.length[SESSION_FIELD]!);
      sketcher.putValue(place, SESSION, sampledSession(id));
    }
    exchanges.patternClass[place] = words === NO_WORDS ? OTHER : classifyPrompt(words);
    exchanges.carried[place] = present & ~emptyOf(words);
    if (words === NO_WORDS) exchanges.texts.fill(-1, place * 2, place * 2 + 2);
    else sketcher.putWords(place, { ...words, account_id: sketcher.vocabulary.accountName(account) });
    sketcher.records++;
    sketcher.unknownKeys += scanner.unknownKeys;
    if (at > sketcher.lastRecordAt) sketcher.lastRecordAt = at;
  }

  /** The number of a model or a value. */
  private number(bytes: Buffer, field: number): number {
    const { from, length } = this.scanner;
    const start = from[field]!;
    const size = length[field]!;
    const hash = hashBytes(field, bytes, start, size);
    const found = this.table.find(field, hash, bytes, start, size);
    if (found >= 0) return found;
    const { vocabulary } = this.sketcher;
    const text = bytes.toString('latin1', start, start + size);
    const number =
      field === MODEL
        ? vocabulary.model(text)
        : vocabulary.value(FIELDS[field]!, field === ASN ? `AS${text}` : text);
    this.table.add(field, hash, bytes, start, size, number);
    return number;
  }
}

/** Bits of the fields that hold nothing though they are there. */
function emptyOf({ prompt, system_prompt, tool_names, labels }: Words): number {
  let mask = 0;
  if (prompt === '') mask |= 1 << PROMPT;
  if (system_prompt === '') mask |= 1 << SYSTEM;
  if (tool_names?.length === 0) mask |= 1 << LISTS[0];
  if (labels?.length === 0) mask |= 1 << LISTS[1];
  return mask;
}

/** A list of plain ASCII tokens; null when it is something else. */
function readList(text: string, most: number): string[] | null {
  const list = parsed(text);
  if (!Array.isArray(list) || list.length > most) return null;
  const isToken = (item: unknown) => typeof item === 'string' && item.length > 0 && item.length <= 512;
  return list.every(isToken) ? list : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
