/** JSON values one by one: NDJSON, an array of any length, or documents printed over several lines. */
import { Buffer, isUtf8 } from 'node:buffer';
import { peek } from '../decompress';
import { quoteInput } from '../quote-input';
import { CutInputError, readLines } from '../read-lines';
import { MAX_ROW_BYTES } from './adapter';

export type JsonItem = { number: number; value: unknown } | { number: number; reason: string };

const HEAD_BYTES = 65_536;
const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [34, 92, 44, 10];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * The values of unpacked bytes. NDJSON gives each line's number, everything else each value's place. A broken or too
 * large value comes as a reason and reading goes on; memory holds one value of at most 16 MiB.
 * @throws UnreadableInputError when the input ends in the middle of a value or an array, after everything before that
 */
export async function* readJsonValues(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonItem[]> {
  const { head, bytes: all } = await peek(bytes, HEAD_BYTES);
  if (isNdjson(head.toString('utf8'))) {
    for await (const lines of readLines(all, MAX_ROW_BYTES)) {
      yield lines.map((line) =>
        'reason' in line
          ? { number: line.lineNumber, reason: line.reason }
          : parseItem(line.lineNumber, line.text),
      );
    }
    return;
  }
  const splitter = new ValueSplitter();
  for await (const chunk of all) {
    const items = splitter.push(chunk);
    if (items.length > 0) yield items;
  }
  const last = splitter.finish();
  if (last.length > 0) yield last;
  if (splitter.isCut) throw new CutInputError('in the middle of a value or an array', splitter.number);
}

/** One value a line, unless it begins as an array or its first line cannot be a whole value. */
function isNdjson(head: string): boolean {
  const text = head.replace(/^[\uFEFF\s]+/, '');
  if (text.startsWith('[')) return false;
  const newline = text.indexOf('\n');
  return newline < 0 || !/[[{,:]\s*$/.test(text.slice(0, newline));
}

function parseItem(number: number, text: string): JsonItem {
  try {
    return { number, value: JSON.parse(text) };
  } catch {
    return { number, reason: `not JSON: ${quoteInput(text, 40)}` };
  }
}

const endsWord = (byte: number) =>
  byte <= 32 || byte === COMMA || byte === CLOSE_ARRAY || byte === OPEN_OBJECT;

/** Cuts bytes into values by their brackets. */
class ValueSplitter {
  /** How many values have ended. */
  number = 0;
  private depth = 0;
  private inValue = false;
  /** In a number, a literal or rubbish: what no bracket or quote ends. */
  private inWord = false;
  private inString = false;
  private escaped = false;
  private inArray = false;
  private pieces: Buffer[] = [];
  private held = 0;
  private tooLong = false;

  push(chunk: Buffer): JsonItem[] {
    const items: JsonItem[] = [];
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (!this.inValue) {
        if (this.isBetween(byte)) continue;
        this.inValue = true;
        this.inWord = byte !== OPEN_OBJECT && byte !== OPEN_ARRAY && byte !== QUOTE;
        start = i;
      } else if (this.inWord && endsWord(byte)) {
        this.end(chunk.subarray(start, i), items);
        // The byte that ended it may itself mean something.
        i--;
        continue;
      }
      if (!this.inWord && this.step(byte)) this.end(chunk.subarray(start, i + 1), items);
    }
    if (this.inValue) this.hold(chunk.subarray(start));
    return items;
  }

  /** Asked at the end of the input. A word ends with the input, as a number does. */
  get isCut(): boolean {
    return (this.inValue && !this.inWord) || this.inArray;
  }

  finish(): JsonItem[] {
    if (!this.inValue && !this.inArray) return [];
    return [{ number: this.number + 1, reason: 'the input ends in the middle: is the file cut off?' }];
  }

  private isBetween(byte: number): boolean {
    if (byte === OPEN_ARRAY && this.number === 0 && !this.inArray) this.inArray = true;
    else if (byte === CLOSE_ARRAY && this.inArray) this.inArray = false;
    else return byte <= 32 || byte === COMMA || byte === 0xef || byte === 0xbb || byte === 0xbf;
    return true;
  }

  /** Takes one byte of a value. @returns true when it is the value's last */
  private step(byte: number): boolean {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      // JSON has no line breaks in strings: one that is never closed would swallow all the rest.
      else if (byte === QUOTE || byte === NEWLINE) this.inString = false;
      return this.depth === 0 && !this.inString;
    }
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) return --this.depth === 0;
    return false;
  }

  private hold(piece: Buffer): void {
    this.held += piece.length;
    if (this.held > MAX_ROW_BYTES) {
      this.tooLong = true;
      this.pieces = [];
    }
    if (!this.tooLong) this.pieces.push(Buffer.from(piece));
  }

  private end(piece: Buffer, items: JsonItem[]): void {
    this.hold(piece);
    const number = ++this.number;
    const bytes = Buffer.concat(this.pieces);
    if (this.tooLong) items.push({ number, reason: `longer than ${MAX_ROW_BYTES} bytes` });
    else if (!isUtf8(bytes)) items.push({ number, reason: 'not valid UTF-8' });
    else items.push(parseItem(number, bytes.toString('utf8')));
    this.pieces = [];
    this.held = 0;
    this.depth = 0;
    this.inValue = false;
    this.tooLong = false;
  }
}
