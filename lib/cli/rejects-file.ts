/** Where `weir ingest` writes the lines that were not taken, as NDJSON. */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { AppError } from '@/lib/errors';

/** A file that its owner alone may read: rejects repeat what was wrong with people's records. */
export class RejectsFile {
  private constructor(
    private readonly file: string,
    private readonly stream: WriteStream,
  ) {
    // Whoever writes next is told; nobody may be writing just now.
    stream.on('error', () => {});
  }

  /** Makes the file, or empties it. @throws Error when it cannot be opened */
  static async open(file: string): Promise<RejectsFile> {
    const stream = createWriteStream(file, { mode: 0o600 });
    await once(stream, 'open');
    return new RejectsFile(file, stream);
  }

  /** Waits only when the disk is slower than the rejects come. @throws AppError when the disk refuses */
  write(line: object): Promise<void> | undefined {
    if (this.stream.errored) throw this.failure(this.stream.errored);
    if (this.stream.write(`${JSON.stringify(line)}\n`)) return undefined;
    return once(this.stream, 'drain').then(
      () => {},
      (error: unknown) => Promise.reject(this.failure(error)),
    );
  }

  /** Waits until all of it is written. @throws AppError when the disk refuses */
  async close(): Promise<void> {
    const written = finished(this.stream);
    this.stream.end();
    await written.catch((error: unknown) => Promise.reject(this.failure(error)));
  }

  private failure(error: unknown): AppError {
    const words = error instanceof Error ? error.message : String(error);
    return new AppError(
      'unavailable',
      `The rejects could not be written to ${this.file}: ${words}. Name another file with --rejects and ingest again: what was taken stays and counts once.`,
    );
  }
}
