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
        // The beginning of an object at the end is told to be cut off, below.
        fc.pre(!/(^|\n)\uFEFF?\{[^\n]*$/.test(text));
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

test('a last line that is the beginning of an object is refused, and the input is told to be cut off', async () => {
  for (const zipped of [true, false]) {
    const text = '{"a":1}\n{"b":2}\n{"c":"half a va';
    const bytes = zipped ? gzipSync(text) : Buffer.from(text);
    const lines: InputLine[] = [];
    const reading = (async () => {
      for await (const batch of readLines(inPieces(bytes, 5))) lines.push(...batch);
    })();
    await expect(reading).rejects.toThrow('the input ends in the middle of line 3: it was cut off');
    expect(lines).toEqual([
      { lineNumber: 1, text: '{"a":1}' },
      { lineNumber: 2, text: '{"b":2}' },
      { lineNumber: 3, reason: 'cut off: the input ends in the middle of it' },
    ]);
  }
  // With its line break it is a bad line like any other, and so is what is no object.
  expect(await readAll('{"a":1}\n{"b":\n')).toHaveLength(2);
  expect(await readAll('{"a":1}\nhello')).toHaveLength(2);
});

describe('data that unpack to far too much', () => {
  const zeros = gzipSync(Buffer.alloc(200_000_000));

  test('are refused as a bomb, without being unpacked to the end', async () => {
    await expect(readAll(zeros, 1 << 16)).rejects.toThrow(
      'the gzip data unpack to more than 200 times their size, as no log does: 0 lines were read before',
    );
  });

  test('are read where the limit allows it', async () => {
    process.env.WEIR_MAX_UNPACK_RATIO = '2000';
    try {
      expect(await readAll(zeros, 1 << 16)).toEqual([{ lineNumber: 1, reason: 'longer than 1048576 bytes' }]);
    } finally {
      delete process.env.WEIR_MAX_UNPACK_RATIO;
    }
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
