/** `weir forget` */
import { parseArgs } from 'node:util';
import { forgetAccount } from '@/lib/privacy/forget-account';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function forgetCommand(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string' } },
  });
  const [accountId, ...others] = positionals;
  if (!accountId || others.length > 0)
    throw new UsageError('forget ACCOUNT: one account, by its id at the provider');
  await withState(async () => {
    const { name, rows, left } = await forgetAccount(cliActor(), { accountId, reason: values.reason });
    for (const { table, column, rows: count } of left) {
      process.stderr.write(`still named ${count} times in ${table}.${column}, which may never be changed\n`);
    }
    printResult({ forgotten: name, rows, left });
  });
}
