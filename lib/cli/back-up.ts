/** `weir backup --out DIR` */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from '@/lib/database/back-up';
import { stateFolder } from '@/lib/database/state-folder';
import { AppError } from '@/lib/errors';
import { UsageError } from './usage';
import { printResult, withState } from './with-state';

export async function backUpCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  const into = values.out;
  if (!into) throw new UsageError('backup needs --out DIR');
  if (process.env.DATABASE_URL) {
    throw new AppError(
      'conflict',
      'DATABASE_URL names a Postgres of your own: back it up with pg_basebackup or pg_dump. This command is for the one that comes with Weir.',
    );
  }
  await withState(async () => {
    const url = process.env.DATABASE_URL ?? '';
    printResult({ ...(await backUp(url, path.join(stateFolder(), 'postgres'), into)), out: into });
  });
}
