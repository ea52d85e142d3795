/** `weir lists import` */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppError } from '@/lib/errors';
import { importList } from '@/lib/infrastructure/import-list';
import { importListSchema } from '@/lib/infrastructure/schema';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

/** Bad lines that are written out. */
const SAID = 20;

export async function importListCommand(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      type: { type: 'string' },
      source: { type: 'string' },
      until: { type: 'string' },
    },
  });
  const [file, ...others] = positionals;
  const { name, type, source, until } = values;
  if (!file || others.length > 0 || !name || !type || !source || !until) {
    throw new UsageError('lists import FILE --name N --type T --source S --until YYYY-MM-DD: all of them');
  }
  const parsed = importListSchema.safeParse({ name, type, source, until, text: readText(file) });
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => issue.message).join(' '));
  await withState(async () => {
    const { bad, ...report } = await importList(cliActor(), parsed.data);
    for (const { line, reason } of bad.slice(0, SAID)) process.stderr.write(`line ${line}: ${reason}\n`);
    if (report.badLines > SAID) process.stderr.write(`and ${report.badLines - SAID} more bad lines\n`);
    printResult({ ...report });
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new AppError('bad_input', `${file} cannot be read.`, `reading ${file} failed`, { cause });
  }
}
