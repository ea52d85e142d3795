/** `weir audit export` and `weir audit verify` */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exportLog } from '@/lib/audit/export-log';
import { verifyDatabase } from '@/lib/audit/verify-database';
import { AppError } from '@/lib/errors';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function exportAuditCommand(args: string[]): Promise<void> {
  if (args.length > 0) throw new UsageError('audit export takes no arguments');
  await withState(async () => {
    const warn = (words: string) => process.stderr.write(`weir: ${words}\n`);
    for await (const line of exportLog(cliActor(), warn)) {
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
    }
  });
}

export async function verifyAuditCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { checkpoint: { type: 'string' } } });
  const notes = values.checkpoint === undefined ? undefined : readNotes(values.checkpoint);
  await withState(async () => {
    const result = await verifyDatabase(cliActor(), notes);
    printResult({ ...result });
    if (!result.ok) throw new AppError('conflict', result.problem);
  });
}

function readNotes(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('bad_input', `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
