/** The lines of a list: networks, addresses, and "kind,value". What is none of these is named with its number. Pure. */
import { detectionKind } from '@/lib/detection/kinds';
import { readCidr, type Span } from './ip-ranges';
import { type BadLine, type HeldReason, MAX_LINES } from './schema';

/** One entry. Networks and addresses have the kind "cidr" and their span. */
export interface ListEntry {
  line: number;
  kind: string;
  value: string;
  span: Span | null;
  held: HeldReason | null;
}

export interface ReadList {
  /** Lines with something on them. */
  lines: number;
  entries: ListEntry[];
  repeated: number;
  bad: BadLine[];
}

/** A network with a shorter prefix covers more than a million addresses, or (IPv6) more than one provider is given. */
const WIDEST = { v4: 12, v6: 32 };
const MAX_VALUE = 1_024;
const COMMENT = /^(?:#|;|\/\/)/;
const HEADER = /^(?:cidr|network|prefix|ip|address|value|kind[,;\t]\s*value)$/i;
const BYTES_OF_BOM = /^\uFEFF/;

/** Reads a list; a bad line never stops the rest. Lines beyond the limit are one bad line. */
export function readList(text: string): ReadList {
  const read: ReadList = { lines: 0, entries: [], repeated: 0, bad: [] };
  const seen = new Set<string>();
  const rows = text.replace(BYTES_OF_BOM, '').split(/\r\n|\r|\n/);
  for (const [index, raw] of rows.entries()) {
    const row = withoutComment(raw);
    if (row === '' || (read.lines === 0 && HEADER.test(row))) continue;
    const line = index + 1;
    if (read.lines >= MAX_LINES) {
      const reason = `A list has at most ${MAX_LINES.toLocaleString('en-US')} lines; from here on nothing was taken.`;
      read.bad.push({ line, reason });
      break;
    }
    read.lines++;
    const entry = readLine(row);
    if (typeof entry === 'string') {
      read.bad.push({ line, reason: entry });
      continue;
    }
    const key = `${entry.kind} ${entry.value}`;
    if (seen.has(key)) read.repeated++;
    else {
      seen.add(key);
      read.entries.push({ ...entry, line });
    }
  }
  return read;
}

function withoutComment(raw: string): string {
  const row = raw.trim();
  return COMMENT.test(row) ? '' : row.replace(/\s+[#;].*$/, '');
}

/** The entry of a line, or what is wrong with it. */
function readLine(row: string): Omit<ListEntry, 'line'> | string {
  const [, kind = '', value = ''] = /^([a-z][a-z0-9_]{0,62})\s*[,\t]\s*(.*)$/i.exec(row) ?? [];
  if (kind === '') return readNetwork(row);
  if (['cidr', 'ip', 'prefix'].includes(kind.toLowerCase())) return readNetwork(value);
  return readValue(kind.toLowerCase(), unquoted(value));
}

function readNetwork(text: string): Omit<ListEntry, 'line'> | string {
  try {
    const found = readCidr(text);
    if (!found) {
      return 'Neither a network (203.0.113.0/24), an address, nor "kind,value" as "client_fingerprint,ja4_t13d".';
    }
    const { cidr, bits, span } = found;
    const widest = typeof span.first === 'number' ? WIDEST.v4 : WIDEST.v6;
    return { kind: 'cidr', value: cidr, span, held: bits < widest ? 'wide' : null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `The address has bits beyond its length. Write ${error.message} if you mean that network.`;
  }
}

function readValue(kind: string, value: string): Omit<ListEntry, 'line'> | string {
  if (value === '') return `No value after "${kind},".`;
  if (value.length > MAX_VALUE) return `The value is longer than ${MAX_VALUE} characters.`;
  const known = detectionKind(kind);
  if (kind === 'asn') return 'No account is linked by its network operator: list the operator’s networks.';
  if (known.lambda === 0 || kind === 'time_bins') return `No account is linked by a value of "${kind}".`;
  return { kind, value, span: null, held: known.family === 'identity' ? 'identity' : null };
}

const unquoted = (text: string): string =>
  /^"(?:[^"]|"")*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text;
