/** `weir ingest --preview`: how the first rows would be taken. Writes nothing and needs no database. */
import { createReadStream } from 'node:fs';
import type { AdaptedRow, Adapter } from '@/lib/records/adapters/adapter';
import { checkRecord, type ParsedRecord, parseRecord } from '@/lib/records/parse-record';
import { readLines } from '@/lib/records/read-lines';
import type { AdapterFactory } from './input-format';
import { printResult } from './with-state';

const ROWS_SHOWN = 10;
const ROWS_READ = 1000;
const TEXT_SHOWN = 300;

/** One line a row: the first ten as mapped, and of the first thousand up to ten more that would be rejected. */
export async function previewIngest(files: readonly string[], adapterFor: AdapterFactory): Promise<void> {
  const sum = { preview: true, read: 0, accepted: 0, rejected: 0 };
  for (const file of files) {
    const bytes = file === '-' ? process.stdin : createReadStream(file);
    let read = 0;
    let rejectsShown = 0;
    for await (const [number, row, also] of checkedRows(bytes, adapterFor())) {
      read++;
      if (row.ok) sum.accepted++;
      else sum.rejected++;
      const isShown = read <= ROWS_SHOWN || (!row.ok && rejectsShown++ < ROWS_SHOWN);
      if (isShown) {
        const shown = row.ok
          ? { record: row.record, ...(also?.length && { also }) }
          : { rejected: row.reason };
        print({ file, line: number, ...shown });
      }
      if (read >= ROWS_READ) break;
    }
    sum.read += read;
  }
  printResult(sum);
}

async function* checkedRows(
  bytes: AsyncIterable<Uint8Array>,
  adapter: Adapter | undefined,
): AsyncGenerator<[number: number, row: ParsedRecord, also?: readonly object[]]> {
  const now = new Date();
  if (adapter) {
    for await (const rows of adapter.read(bytes))
      for (const row of rows) yield [row.number, checkRow(row, now), 'also' in row ? row.also : []];
    return;
  }
  for await (const lines of readLines(bytes)) {
    for (const line of lines) {
      yield [
        line.lineNumber,
        'text' in line ? parseRecord(line.text, now) : { ok: false, reason: line.reason },
      ];
    }
  }
}

const checkRow = (row: AdaptedRow, now: Date): ParsedRecord =>
  'reason' in row ? { ok: false, reason: row.reason } : checkRecord(row.record, now);

/** JSON without what could forge a line or hide text in a terminal; long prompts are cut. */
function print(value: object): void {
  const json = JSON.stringify(value, (_, item) =>
    typeof item === 'string' && item.length > TEXT_SHOWN ? `${item.slice(0, TEXT_SHOWN)}…` : item,
  );
  const safe = json.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from({ length: character.length }, (__, i) => escapeUnit(character.charCodeAt(i))).join(''),
  );
  process.stdout.write(`${safe}\n`);
}

const escapeUnit = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;
