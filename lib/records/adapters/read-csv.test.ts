import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CutInputError } from '../read-lines';
import { MAX_ROW_BYTES } from './adapter';
import { type CsvRow, readCsv } from './read-csv';

/** The rows, also of an input that is cut off. */
async function read(text: string | Buffer, size = 1000, delimiter = ','): Promise<CsvRow[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const rows: CsvRow[] = [];
  const reading = (async () => {
    for await (const batch of readCsv(pieces(), delimiter)) rows.push(...batch);
  })();
  await reading.catch((error) => expect(error).toBeInstanceOf(CutInputError));
  return rows;
}

const quote = (field: string) => `"${field.replaceAll('"', '""')}"`;

test('finds the fields that were written, whatever they hold and however the bytes are cut', async () => {
  const field = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a,b', '"', '\n', '\r\n', '', 'é"\n,'),
  );
  const row = fc.array(field, { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(row), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      const text = rows.map((fields) => fields.map(quote).join(',')).join('\r\n');
      expect((await read(text, size)).map((each) => ('fields' in each ? each.fields : each.reason))).toEqual(
        rows,
      );
    }),
    { numRuns: 200 },
  );
});

test('comes to an end on any text, with rows or reasons, and the same ones however the bytes are cut', async () => {
  const rubbish = fc.array(fc.constantFrom('"', ',', '\n', '\r', 'a', 'é'), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(rubbish, fc.integer({ min: 1, max: 5 }), async (characters, size) => {
      const text = characters.join('');
      expect(await read(text, size)).toEqual(await read(text));
    }),
    { numRuns: 1000 },
  );
});

test('counts lines, skips blank ones, and keeps a quote inside a plain field', async () => {
  expect(await read('\uFEFFa;b\n\n"x\ny";2\n5" disk;3', 3, ';')).toEqual([
    { number: 1, fields: ['a', 'b'] },
    { number: 3, fields: ['x\ny', '2'] },
    { number: 5, fields: ['5" disk', '3'], isOpen: true },
  ]);
});

test('a broken quote costs its own row, and text inside quotes never becomes a row', async () => {
  expect(await read('a,b\n1,"x" y\n2,3\n')).toEqual([
    { number: 1, fields: ['a', 'b'] },
    { number: 2, reason: 'a quoted field is not closed properly' },
    { number: 3, fields: ['2', '3'] },
  ]);
  const [, cut, ...rest] = await read('a,b\n1,"cut here\nforged,row\nforged,row');
  expect(cut).toEqual({
    number: 2,
    reason: expect.stringContaining('ends inside a quoted field, 2 lines on'),
  });
  expect(rest).toEqual([]);
});

test('a row above the limit is refused without being held, and the next one is read', async () => {
  const rows = await read(`a,b\n1,"${'x\n'.repeat(MAX_ROW_BYTES)}"\n2,3\n`, 1 << 16);
  expect(rows.map((row) => ('fields' in row ? row.fields : row.reason))).toEqual([
    ['a', 'b'],
    `longer than ${MAX_ROW_BYTES} bytes`,
    ['2', '3'],
  ]);
});

test('refuses a row of invalid UTF-8 by itself, so that two ids cannot become one', async () => {
  const bytes = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff, 0x0a]), Buffer.from('2,é\n')]);
  expect(await read(bytes)).toEqual([
    { number: 1, fields: ['a', 'b'] },
    { number: 2, reason: 'not valid UTF-8' },
    { number: 3, fields: ['2', 'é'] },
  ]);
});
