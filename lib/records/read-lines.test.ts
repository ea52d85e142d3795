import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type InputLine, readLines, UnreadableInputError } from './read-lines';

const MAX_LINE_BYTES = 1_048_576;

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function readAll(bytes: Uint8Array | string, size = 1000): Promise<InputLine[]> {
  const lines: InputLine[] = [];
  for await (const batch of readLines(inPieces(Buffer.from(bytes), size))) lines.push(...batch);
  return lines;
}

test('skips blank lines but counts them, tolerates CRLF, a byte order mark and a missing last newline', async () => {
  expect(await readAll('\uFEFF{"a":1}\r\n\r\n  \n{"b":"\uFEFF"}\nlast')).toEqual([
    { lineNumber: 1, text: '{"a":1}' },
    { lineNumber: 4, text: '{"b":"\uFEFF"}' },
    { lineNumber: 5, text: 'last' },
  ]);
  expect(await readAll('')).toEqual([]);
});

test('finds the same lines however the bytes are cut', async () => {
  const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '\r', 'é', '😀'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (lines, size, zipped) => {
        const text = lines.map((part) => part.replaceAll('\n', ' ')).join('\n');
        const whole = await readAll(text, 1 << 20);
        const bytes = zipped ? gzipSync(text) : Buffer.from(text);
        expect(await readAll(bytes, size)).toEqual(whole);
        const kept = text
          .replace(/^\uFEFF/, '')
          .split('\n')
          .map((part) => part.replace(/\r$/, ''));
        expect(whole.map((item) => ('text' in item ? item.text : ''))).toEqual(
          kept.filter((part) => part.trim() !== ''),
        );
      },
    ),
    { numRuns: 150 },
  );
});

describe('a line that is too long', () => {
  test('is refused, and the line after it is read', async () => {
    for (const size of [7919, 1 << 16, 1 << 22]) {
      expect(await readAll(`first\n${'x'.repeat(MAX_LINE_BYTES + 1)}\nlast`, size)).toEqual([
        { lineNumber: 1, text: 'first' },
        { lineNumber: 2, reason: 'longer than 1048576 bytes' },
        { lineNumber: 3, text: 'last' },
      ]);
    }
  });

  test('is one byte above the limit; at the limit it is read', async () => {
    const [line] = await readAll('x'.repeat(MAX_LINE_BYTES), 1 << 16);
    expect(line).toEqual({ lineNumber: 1, text: 'x'.repeat(MAX_LINE_BYTES) });
    expect(await readAll('x'.repeat(MAX_LINE_BYTES + 1))).toEqual([
      { lineNumber: 1, reason: 'longer than 1048576 bytes' },
    ]);
  });

  test('is never held whole: 300 MB in one line leave the memory flat', async () => {
    const block = Buffer.alloc(1 << 20, 120);
    async function* endless() {
      for (let i = 0; i < 300; i++) yield block;
      yield Buffer.from('\nlast');
    }
    const before = process.memoryUsage().rss;
    const lines: InputLine[] = [];
    for await (const batch of readLines(endless())) lines.push(...batch);
    expect(lines.map(({ lineNumber }) => lineNumber)).toEqual([1, 2]);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});

test('refuses a line of invalid UTF-8 by itself', async () => {
  const bytes = Buffer.concat([
    Buffer.from('one\ntw'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('o\ndrei é\n'),
  ]);
  expect(await readAll(bytes)).toEqual([
    { lineNumber: 1, text: 'one' },
    { lineNumber: 2, reason: 'not valid UTF-8' },
    { lineNumber: 3, text: 'drei é' },
  ]);
});

describe('gzip', () => {
  const many = Array.from(
    { length: 20_000 },
    (_, i) => `{"line":${i},"noise":"${(i * 2654435761) >>> 0}"}`,
  ).join('\n');

  test('is told by its first bytes, even one byte at a time', async () => {
    expect(await readAll(gzipSync('a\nb'), 1)).toEqual([
      { lineNumber: 1, text: 'a' },
      { lineNumber: 2, text: 'b' },
    ]);
  });

  test('of several members is read to the end', async () => {
    expect(await readAll(Buffer.concat([gzipSync('a\n'), gzipSync('b')]))).toHaveLength(2);
  });

  test('that ends early says how many lines were read before, after delivering them', async () => {
    const zipped = gzipSync(many);
    let delivered = 0;
    const reading = (async () => {
      const cut = zipped.subarray(0, zipped.length / 2);
      for await (const batch of readLines(inPieces(cut, 4096))) delivered += batch.length;
    })();
    await expect(reading).rejects.toThrow(UnreadableInputError);
    const message = await reading.catch((error: Error) => error.message);
    expect(delivered).toBeGreaterThan(1000);
    expect(message).toBe(`the gzip data ends early: ${delivered} lines were read before`);
  });

  test('that is damaged says so', async () => {
    const zipped = gzipSync(many);
    const middle = zipped.length >> 1;
    zipped.fill(0xff, middle, middle + 200);
    await expect(readAll(zipped)).rejects.toThrow(/the gzip data is damaged: \d+ lines were read before/);
  });
});

test('an error of the source itself is passed on as it is', async () => {
  async function* failing(zipped: boolean) {
    yield zipped ? gzipSync('a\nb').subarray(0, 12) : Buffer.from('a\nb');
    throw new Error('the disk is gone');
  }
  for (const zipped of [true, false]) {
    const reading = (async () => {
      for await (const _ of readLines(failing(zipped)));
    })();
    await expect(reading).rejects.toThrow('the disk is gone');
  }
});

test('stopping early closes the source', async () => {
  let closed = false;
  async function* endless() {
    try {
      for (;;) yield Buffer.from('line\n');
    } finally {
      closed = true;
    }
  }
  for await (const _ of readLines(endless())) break;
  expect(closed).toBe(true);
});
