import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CutInputError } from '../read-lines';
import { MAX_ROW_BYTES } from './adapter';
import { type JsonItem, readJsonValues } from './read-json-values';

/** The items, also of an input that is cut off. */
async function read(text: string | Buffer, size = 1000): Promise<JsonItem[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const items: JsonItem[] = [];
  const reading = (async () => {
    for await (const batch of readJsonValues(pieces())) items.push(...batch);
  })();
  await reading.catch((error) => expect(error).toBeInstanceOf(CutInputError));
  return items;
}

const values = (items: JsonItem[]) => items.map((item) => ('value' in item ? item.value : item.reason));

test('finds the same values in an array, printed or not, and in NDJSON, however the bytes are cut', async () => {
  const value = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(fc.array(value), fc.integer({ min: 1, max: 50 }), async (list, size) => {
      const parsed = JSON.parse(JSON.stringify(list));
      expect(values(await read(JSON.stringify(list), size))).toEqual(parsed);
      expect(values(await read(`\uFEFF ${JSON.stringify(list, null, 2)}\n`, size))).toEqual(parsed);
      const ndjson = list.map((item) => JSON.stringify(item)).join('\n');
      expect(values(await read(ndjson, size))).toEqual(parsed);
    }),
    { numRuns: 200 },
  );
});

test('a document printed over many lines is one value', async () => {
  expect(values(await read(JSON.stringify({ a: { b: ['}', '"'] } }, null, 2), 3))).toEqual([
    { a: { b: ['}', '"'] } },
  ]);
});

test('rubbish in an array costs its own place', async () => {
  expect(await read('[{"a":1}, nonsense, {"a" 2}, 3, "x", {"a":4}]', 4)).toEqual([
    { number: 1, value: { a: 1 } },
    { number: 2, reason: expect.stringContaining('not JSON') },
    { number: 3, reason: expect.stringContaining('not JSON') },
    { number: 4, value: 3 },
    { number: 5, value: 'x' },
    { number: 6, value: { a: 4 } },
  ]);
});

test('a string that is never closed does not swallow the values after its line', async () => {
  expect(values(await read('[{"a":"x\n}, {"a":2}]'))).toEqual([
    expect.stringContaining('not JSON'),
    { a: 2 },
  ]);
});

test.each(['[{"a":1},', '[{"a":1},{"b":', '[{"a":1}'])('%s is told to be cut off', async (text) => {
  const items = await read(text);
  expect(items[0]).toEqual({ number: 1, value: { a: 1 } });
  expect(items.at(-1)).toEqual({ number: 2, reason: 'the input ends in the middle: is the file cut off?' });
  const again = (async () => {
    for await (const _ of readJsonValues(Readable.from([Buffer.from(text)])));
  })();
  await expect(again).rejects.toThrow('the input ends in the middle of a value or an array: it was cut off');
});

test('comes to an end on any text, and with the same items however the bytes are cut', async () => {
  const rubbish = fc.array(fc.constantFrom('[', ']', '{', '}', '"', ',', '\n', '\\', '1', 'é'), {
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(rubbish, fc.integer({ min: 1, max: 5 }), async (characters, size) => {
      const text = characters.join('');
      expect(await read(text, size)).toEqual(await read(text));
    }),
    { numRuns: 1000 },
  );
});

test('a value above the limit is refused without being held, in an array as in a line', async () => {
  const long = `{"a":"${'x'.repeat(MAX_ROW_BYTES)}"}`;
  const refused = `longer than ${MAX_ROW_BYTES} bytes`;
  expect(values(await read(`[${long},{"a":2}]`, 1 << 16))).toEqual([refused, { a: 2 }]);
  expect(values(await read(`${long}\n{"a":2}\n`, 1 << 16))).toEqual([refused, { a: 2 }]);
});
