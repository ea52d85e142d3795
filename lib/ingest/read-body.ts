/** A request's body as bytes, no faster than they are used. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { BrokenStreamError } from '@/lib/records/broken-stream';
import { type IntakeLimits, intakeLimits } from './intake-limits';

/**
 * For so long a body is read that nobody wants any more, since whoever still sends on a connection that was closed
 * loses the answer with it; slowly, so that it costs little.
 */
const DISCARD_MS = 5_000;
const DISCARD_PAUSE_MS = 10;
/** What is inside is told by its first bytes; the header may say so too. */
const READ_ENCODINGS = new Set(['', 'identity', 'gzip', 'x-gzip', 'zstd']);

/** One body, read once: the next piece is asked for only when the last one has been used. */
export class RequestBody {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private readonly digest = createHash('sha256');
  private known: IntakeLimits | undefined;
  private size = 0;
  private ended = false;

  /** @param hashed true when sha256() will be asked */
  constructor(
    private readonly request: Request,
    private readonly hashed = false,
  ) {
    this.reader = request.body?.getReader();
  }

  /** @throws AppError when its headers alone tell that it cannot be taken */
  check(): void {
    const { headers } = this.request;
    if (!this.reader)
      throw new AppError('bad_input', 'The body is empty: send one record a line, as NDJSON.');
    const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
    if (!READ_ENCODINGS.has(encoding)) {
      throw new AppError(
        'unsupported',
        `Weir does not read Content-Encoding ${encoding.slice(0, 40)}: send gzip, or leave it plain.`,
      );
    }
    if (Number(headers.get('content-length')) > this.limits.bodyBytes) {
      throw new AppError(
        'too_large',
        `The body ${tooLarge(this.limits.bodyBytes)}, and nothing of it was read. Send it in several parts.`,
      );
    }
  }

  /** @throws BrokenStreamError when the sender stops or goes away, or sends more than may come in */
  async *bytes(): AsyncGenerator<Uint8Array> {
    for (let piece = await this.next(); piece; piece = await this.next()) yield piece;
  }

  /** SHA-256 of the whole body as it was sent, in hex; what nobody has read yet is read now and dropped. */
  async sha256(): Promise<string> {
    while (await this.next());
    return this.digest.copy().digest('hex');
  }

  /** Drops the rest, for a while, then closes the connection. Returns at once and never fails. */
  discard(): void {
    const { reader } = this;
    if (!reader || this.ended) return;
    const until = Date.now() + DISCARD_MS;
    const timer = setTimeout(() => void reader.cancel().catch(() => {}), DISCARD_MS);
    const drop = async () => {
      while (Date.now() < until && (await this.next())) await pause(DISCARD_PAUSE_MS);
      await reader.cancel();
    };
    drop()
      .catch(() => {})
      .finally(() => clearTimeout(timer));
  }

  private get limits(): IntakeLimits {
    this.known ??= intakeLimits();
    return this.known;
  }

  private async next(): Promise<Uint8Array | undefined> {
    if (!this.reader || this.ended) return undefined;
    const { done, value } = await this.read(this.reader);
    if (done) {
      this.ended = true;
      return undefined;
    }
    this.size += value.length;
    if (this.size > this.limits.bodyBytes) {
      throw new BrokenStreamError('too_large', `it ${tooLarge(this.limits.bodyBytes)}`);
    }
    if (this.hashed) this.digest.update(value);
    return value;
  }

  private async read(
    reader: ReadableStreamDefaultReader<Uint8Array>,
  ): Promise<ReadableStreamReadResult<Uint8Array>> {
    const { idleMs } = this.limits;
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<never>((_, reject) => {
      const words = `nothing came for ${idleMs / 1_000} seconds`;
      timer = setTimeout(() => reject(new BrokenStreamError('too_slow', words)), idleMs);
    });
    try {
      return await Promise.race([reader.read(), idle]);
    } catch (cause) {
      if (cause instanceof BrokenStreamError) throw cause;
      throw new BrokenStreamError('gone', 'its sender went away', { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @throws BrokenStreamError too_large behind the first `most` bytes */
export async function* atMost(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > most) throw new BrokenStreamError('too_large', `it ${tooLarge(most)} unpacked`);
    yield piece;
  }
}

const tooLarge = (most: number) => `holds more than ${most.toLocaleString('en')} bytes`;
