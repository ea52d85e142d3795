/** `weir ingest FILE...` */
import { createReadStream, createWriteStream, statSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stateFolder } from '@/lib/database/state-folder';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function ingest(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'weir' },
      rejects: { type: 'string' },
      simulated: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new UsageError('ingest needs a FILE, or - for standard input');
  if (values.format !== 'weir') throw new UsageError(`--format ${values.format} is not known; weir is`);
  for (const file of positionals) {
    if (file !== '-') statSync(file);
  }
  const rejectsFile = values.rejects ?? path.join(stateFolder(), 'rejects.ndjson');
  const rejects = createWriteStream(rejectsFile);
  await opened(rejects);
  const sum = { accepted: 0, rejected: 0, duplicates: 0, seconds: 0, unknown_keys: 0 };
  await withState(async () => {
    for (const file of positionals) {
      const result = await ingestRecords(cliActor(), file === '-' ? process.stdin : createReadStream(file), {
        source: file === '-' ? 'standard input' : path.basename(file),
        simulated: values.simulated,
        onReject: (line, reason) => writeLine(rejects, { file, line, reason }),
        onProgress: (counts) => showProgress(file, counts.accepted, counts.rejected),
      });
      sum.accepted += result.accepted;
      sum.rejected += result.rejected;
      sum.duplicates += result.duplicates;
      sum.unknown_keys += result.unknownKeys;
      sum.seconds = Math.round((sum.seconds + result.seconds) * 100) / 100;
    }
  });
  await new Promise<void>((resolve) => rejects.end(resolve));
  if (process.stderr.isTTY) process.stderr.write('\n');
  printResult({ ...sum, ...(sum.rejected > 0 && { rejects: rejectsFile }) });
}

function opened(stream: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  });
}

/** Waits for the disk when it is slower than the rejects come. */
function writeLine(stream: WriteStream, value: unknown): Promise<void> | undefined {
  if (stream.write(`${JSON.stringify(value)}\n`)) return undefined;
  return new Promise((resolve) => stream.once('drain', resolve));
}

function showProgress(file: string, accepted: number, rejected: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(
    `\r${path.basename(file)}: ${accepted.toLocaleString('en')} accepted, ${rejected.toLocaleString('en')} rejected `,
  );
}
