/** `weir keys add` */
import { parseArgs } from 'node:util';
import { addApiKey } from '@/lib/access/add-api-key';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function addKeyCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { name: { type: 'string' } } });
  const name = values.name?.trim();
  if (!name) throw new UsageError('keys add needs --name N');
  await withState(async () => {
    const { row, key } = await addApiKey(cliActor(), { name });
    printResult({ id: row.id, name: row.name, key });
  });
}
