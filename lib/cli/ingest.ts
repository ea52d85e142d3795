/** `weir ingest FILE...` */
import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stateFolder } from '@/lib/database/state-folder';
import { AppError } from '@/lib/errors';
import { toCoverage, toRows } from '@/lib/ingest/coverage-counts';
import { describeGaps } from '@/lib/ingest/coverage-rules';
import type { Coverage } from '@/lib/ingest/coverage-schema';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { withoutQuotes } from '@/lib/ingest/reject-reasons';
import { sketchThreads } from '@/lib/ingest/sketch-threads';
import { UnreadableInputError } from '@/lib/records/read-lines';
import { chooseFormat } from './input-format';
import { previewIngest } from './preview-ingest';
import { RejectsFile } from './rejects-file';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function ingest(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'weir' },
      mapping: { type: 'string' },
      preview: { type: 'boolean', default: false },
      rejects: { type: 'string' },
      simulated: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new UsageError('ingest needs a FILE, or - for standard input');
  const adapterFor = chooseFormat(values.format, values.mapping);
  for (const file of positionals) {
    if (file !== '-') statSync(file);
  }
  if (values.preview) return previewIngest(positionals, adapterFor);
  const rejectsFile = values.rejects ?? path.join(stateFolder(), 'rejects.ndjson');
  const rejects = await RejectsFile.open(rejectsFile);
  const sum = { accepted: 0, rejected: 0, duplicates: 0, seconds: 0, unknown_keys: 0, skipped: 0 };
  let carried: Coverage = {};
  await withState(async () => {
    for (const file of positionals) {
      const adapter = adapterFor();
      const source = file === '-' ? 'standard input' : path.basename(file);
      let taken = 0;
      const reading = ingestRecords(cliActor(), file === '-' ? process.stdin : createReadStream(file), {
        source,
        adapter,
        simulated: values.simulated,
        reader: sketchThreads,
        // What a line quotes may be a prompt: the number tells where to look.
        onReject: (line, reason) => rejects.write({ file, line, reason: withoutQuotes(reason) }),
        onProgress: (counts) => {
          taken = counts.accepted + counts.duplicates;
          showProgress(file, counts.accepted, counts.rejected);
        },
      });
      const result = await reading.catch((error: unknown) => {
        throw error instanceof UnreadableInputError ? notToItsEnd(source, taken, error) : error;
      });
      sum.accepted += result.accepted;
      sum.rejected += result.rejected;
      sum.duplicates += result.duplicates;
      sum.unknown_keys += result.unknownKeys;
      sum.skipped += adapter?.skipped ?? 0;
      carried = toCoverage([...toRows(carried), ...toRows(result.coverage)]);
      sum.seconds = Math.round((sum.seconds + result.seconds) * 100) / 100;
    }
  });
  await rejects.close();
  const coverage = describeGaps(carried);
  if (process.stderr.isTTY) process.stderr.write(['', ...coverage, ''].join('\n'));
  printResult({ ...sum, coverage, ...(sum.rejected > 0 && { rejects: rejectsFile }) });
}

/** What came whole is in; the files named behind this one are not. */
function notToItsEnd(source: string, taken: number, cause: UnreadableInputError): AppError {
  const remedy =
    taken > 0
      ? `. ${taken.toLocaleString('en')} records were taken before; ingest it again when it is whole, nothing counts twice`
      : '';
  return new AppError('bad_input', `${source}: ${cause.message}${remedy}`, undefined, { cause });
}

function showProgress(file: string, accepted: number, rejected: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(
    `\r${path.basename(file)}: ${accepted.toLocaleString('en')} accepted, ${rejected.toLocaleString('en')} rejected `,
  );
}
