/** CSV after RFC 4180 in a stream: quoted fields may hold delimiters, line breaks and doubled quotes. */
import { Buffer, isUtf8 } from 'node:buffer';
import { CutInputError } from '../read-lines';
import { MAX_ROW_BYTES } from './adapter';

/** A row and the line that it begins on, counted from 1. */
export type CsvRow =
  | {
      number: number;
      fields: string[];
      /** True for a last row that no line break ends. */
      isOpen?: true;
    }
  | { number: number; reason: string };

const [QUOTE, NEWLINE, RETURN] = [34, 10, 13];
const NOT_CLOSED = 'a quoted field is not closed properly';

/**
 * The rows of unpacked bytes, blank ones left out. A row that is broken, too long or no UTF-8 comes as a reason, and
 * reading goes on behind it; what stands inside a quoted field, closed or not, is never taken for a row.
 * @param delimiter one ASCII character
 * @throws UnreadableInputError when the input ends inside a quoted field, after everything before that
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, delimiter = ','): AsyncGenerator<CsvRow[]> {
  const splitter = new RowSplitter(delimiter);
  for await (const chunk of bytes) {
    const rows = splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (rows.length > 0) yield rows;
  }
  const last = splitter.finish();
  if (last.length > 0) yield last;
  if (splitter.isCut) throw new CutInputError('inside a quoted field', splitter.rowLine);
}

enum At {
  FieldStart,
  Plain,
  Quoted,
  /** Behind a quote in a quoted field: its end, or the first of a doubled one. */
  Quote,
  /** Behind a carriage return that followed a closing quote: only a line break may come. */
  Return,
}

class RowSplitter {
  private at = At.FieldStart;
  private broken = false;
  private lines = 1;
  /** Where the row under way begins. */
  rowLine = 1;
  private pieces: Buffer[] = [];
  private held = 0;
  private readonly delimiterByte: number;

  constructor(private readonly delimiter: string) {
    this.delimiterByte = delimiter.charCodeAt(0);
  }

  push(chunk: Buffer): CsvRow[] {
    const rows: CsvRow[] = [];
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === NEWLINE) {
        this.lines++;
        if (this.at === At.Quoted) continue;
        this.hold(chunk.subarray(start, i));
        this.endRow(rows);
        start = i + 1;
      } else {
        this.step(byte);
      }
    }
    this.hold(chunk.subarray(start));
    return rows;
  }

  /** Asked at the end of the input. */
  get isCut(): boolean {
    return this.at === At.Quoted;
  }

  finish(): CsvRow[] {
    const rows: CsvRow[] = [];
    if (this.at === At.Quoted) {
      const swallowed = this.lines - this.rowLine;
      const reason = `the input ends inside a quoted field, ${swallowed} lines on: is the file cut off?`;
      rows.push({ number: this.rowLine, reason });
    } else if (this.held > 0) {
      this.endRow(rows);
      const last = rows.at(-1);
      if (last && 'fields' in last) last.isOpen = true;
    }
    return rows;
  }

  private step(byte: number): void {
    if (this.at === At.Quoted) {
      if (byte === QUOTE) this.at = At.Quote;
    } else if (this.at === At.Return) {
      this.broken = true;
      this.at = At.Plain;
    } else if (byte === this.delimiterByte) {
      this.at = At.FieldStart;
    } else if (byte === QUOTE && this.at !== At.Plain) {
      this.at = At.Quoted;
    } else if (this.at !== At.Quote) {
      this.at = At.Plain;
    } else if (byte === RETURN) {
      this.at = At.Return;
    } else {
      this.broken = true;
      this.at = At.Plain;
    }
  }

  private hold(piece: Buffer): void {
    this.held += piece.length;
    if (this.held > MAX_ROW_BYTES) this.pieces = [];
    // A copy, because a small rest would keep the whole chunk that it lies in.
    else if (piece.length > 0) this.pieces.push(Buffer.from(piece));
  }

  private endRow(rows: CsvRow[]): void {
    const number = this.rowLine;
    const bytes = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    if (this.held > MAX_ROW_BYTES) rows.push({ number, reason: `longer than ${MAX_ROW_BYTES} bytes` });
    else if (this.broken) rows.push({ number, reason: NOT_CLOSED });
    else if (!isUtf8(bytes)) rows.push({ number, reason: 'not valid UTF-8' });
    else this.addFields(number, bytes.toString('utf8'), rows);
    this.at = At.FieldStart;
    this.broken = false;
    this.rowLine = this.lines;
    this.pieces = [];
    this.held = 0;
  }

  private addFields(number: number, raw: string, rows: CsvRow[]): void {
    let text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (number === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    if (text.trim() === '') return;
    rows.push({ number, fields: splitRow(text, this.delimiter) });
  }
}

/** The fields of one whole row without its line break. */
function splitRow(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  for (let from = 0; from <= text.length; ) {
    let end: number;
    if (text[from] === '"') {
      end = text.indexOf('"', from + 1);
      while (end > 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      fields.push(text.slice(from + 1, end).replaceAll('""', '"'));
      end++;
    } else {
      end = text.indexOf(delimiter, from);
      if (end < 0) end = text.length;
      fields.push(text.slice(from, end));
    }
    from = end + 1;
  }
  return fields;
}
