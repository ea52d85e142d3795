/** Plain, gzip or zstd bytes, told apart by their first bytes. */
import { Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { BrokenStreamError } from './broken-stream';
import { inputLimits } from './input-limits';

const CHUNK_BYTES = 65_536;
const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
/** So much may unpack from anything: the ratio of something small says nothing. */
const UNPACKED_FREELY = 16_777_216;

/**
 * The bytes as they were before compression, in pieces of at most 64 KiB when compressed. Memory stays flat however
 * much they unpack to. An error of the source itself is passed on as it is.
 * @throws BrokenStreamError after everything that came before the damage, or when it unpacks to far too much
 */
export async function* decompress(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const { head, bytes } = await peek(source, ZSTD.length);
  const startsWith = (magic: number[]) => magic.every((byte, i) => head[i] === byte);
  if (startsWith(GZIP)) yield* unpack(bytes, zlib.createGunzip({ chunkSize: CHUNK_BYTES }), 'gzip');
  else if (startsWith(ZSTD)) yield* unpack(bytes, await zstd(bytes), 'zstd');
  else yield* bytes;
}

/** At least `count` first bytes unless there are fewer, and the whole stream, those included. */
export async function peek(
  source: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ head: Buffer; bytes: AsyncGenerator<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < count) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, bytes: resume(head, iterator) };
}

async function* resume(head: Buffer, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const { buffer, byteOffset, byteLength } = next.value;
      yield Buffer.from(buffer, byteOffset, byteLength);
    }
  } finally {
    await iterator.return?.();
  }
}

async function zstd(bytes: AsyncGenerator<Buffer>): Promise<Transform> {
  // Node has it from 22.15 on; the types are those of the oldest Node that runs Weir.
  const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: object) => Transform };
  if (createZstdDecompress) return createZstdDecompress({ chunkSize: CHUNK_BYTES });
  await bytes.return(undefined);
  throw new BrokenStreamError(
    'damaged',
    `this is zstd, which Node ${process.versions.node} cannot read (22.15 and later can): send gzip, or unpack it first with "zstd -dc FILE | weir ingest -"`,
  );
}

/** Not `pipeline`: it would report a source that fails as a premature close instead of by its own error. */
async function* unpack(
  bytes: AsyncIterable<Buffer>,
  output: Transform,
  name: string,
): AsyncGenerator<Buffer> {
  const { unpackRatio } = inputLimits();
  let packed = 0;
  let unpacked = 0;
  async function* counted() {
    for await (const piece of bytes) {
      packed += piece.length;
      yield piece;
    }
  }
  const input = Readable.from(counted(), { objectMode: false });
  let ofSource: Error | undefined;
  input.on('error', (error) => {
    ofSource = error;
    output.destroy(error);
  });
  input.pipe(output);
  try {
    for await (const piece of output as AsyncIterable<Buffer>) {
      unpacked += piece.length;
      if (unpacked > UNPACKED_FREELY && unpacked > packed * unpackRatio) {
        throw new BrokenStreamError(
          'too_large',
          `the ${name} data unpack to more than ${unpackRatio} times their size, as no log does`,
        );
      }
      yield piece;
    }
  } catch (error) {
    if (ofSource) throw ofSource;
    if (error instanceof BrokenStreamError) throw error;
    const early =
      (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' || /end of file/.test(String(error));
    throw new BrokenStreamError('damaged', `the ${name} data ${early ? 'ends early' : 'is damaged'}`, {
      cause: error,
    });
  } finally {
    input.destroy();
    output.destroy();
  }
}
