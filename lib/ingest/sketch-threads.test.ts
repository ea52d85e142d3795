import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Door } from './door';
import { readRecordChunks } from './read-chunks';
import { sketchThreads } from './sketch-threads';
import { PROMPTS, randomLines } from './testing/random-lines';
import { spellOut } from './testing/spell-out';

const DOOR = new Door({ now: Date.UTC(2026, 10, 22), horizon: Date.UTC(2026, 7, 3), forgotten: null });

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** A thread's objects have their own prototypes: compared by what they say. */
const said = async (chunks: Parameters<typeof spellOut>[0]) => JSON.stringify(await spellOut(chunks));

it('finds in two threads what one thread finds, in the same order, with the same line numbers', async () => {
  const lines = Array.from(randomLines(1, 4_000));
  lines[0] = `\uFEFF${lines[0]}`;
  const long = `{"record":"exchange","prompt":"${PROMPTS[0]!.repeat(30_000)}"}`;
  lines.splice(2_000, 0, long, long.slice(0, 1_300_000), lines[7]!, long);
  const input = Buffer.concat([
    Buffer.from(`${lines.join('\n')}\n`),
    Buffer.from([0xff, 0xfe, 0x0a]),
    Buffer.from(lines[1]!),
  ]);
  const expected = await said(readRecordChunks(inPieces(input, 65_536), DOOR));
  expect(expected).toContain('"lines":4006');
  expect(await said(sketchThreads(inPieces(input, 70_001), DOOR, 1_000))).toBe(expected);
}, 60_000);

it('takes the lines before the place where compressed data are cut, and says where that is', async () => {
  const whole = gzipSync(Buffer.from(`${Array.from(randomLines(2, 4_000)).join('\n')}\n`), { level: 1 });
  const cut = whole.subarray(0, whole.length - 1_000);
  const expected = await said(readRecordChunks(inPieces(cut, 65_536), DOOR));
  expect(expected).toContain('lines were read before');
  expect(await said(sketchThreads(inPieces(cut, 65_536), DOOR, 1_000))).toBe(expected);
}, 60_000);

it.each(['{"record":"exchange","exch', '[', '{"record":"exchange"}'])(
  'ends as one thread does where the input ends with %s',
  async (end) => {
    const input = Buffer.from(`${Array.from(randomLines(4, 300)).join('\n')}\n${end}`);
    const expected = await said(readRecordChunks(inPieces(input, 65_536), DOOR));
    expect(await said(sketchThreads(inPieces(input, 65_536), DOOR, 1_000))).toBe(expected);
  },
  60_000,
);

it('starts no thread for a small input', async () => {
  const lines = Buffer.from([...randomLines(3, 100)].join('\n'));
  const read = sketchThreads(inPieces(lines, 1_000), DOOR);
  const { value } = await read.next();
  expect(value).toMatchObject({ reader: 0, linesBefore: 0 });
  await read.return(undefined);
});

it('fails when its threads die, instead of waiting for what they had in hand', async () => {
  const without = { rules: null } as unknown as Door;
  const lines = Buffer.from([...randomLines(5, 2_000)].join('\n'));
  async function* more(): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 60; n++) yield Buffer.concat([lines, Buffer.from('\n')]);
  }
  const read = sketchThreads(more(), without, 1_000);
  await expect(read.next().then(() => read.next())).rejects.toThrow(/null/);
}, 60_000);
