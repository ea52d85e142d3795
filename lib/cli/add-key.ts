/** `weir keys add` */
import { parseArgs } from 'node:util';
import { addApiKey } from '@/lib/access/add-api-key';
import { newKeySchema } from '@/lib/access/schema';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function addKeyCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: 'string' },
      scope: { type: 'string', multiple: true },
      days: { type: 'string' },
      'per-minute': { type: 'string' },
    },
  });
  if (!values.name?.trim()) throw new UsageError('keys add needs --name N');
  const input = newKeySchema.safeParse({
    name: values.name,
    scopes: values.scope,
    days: values.days && Number(values.days),
    perMinute: values['per-minute'] && Number(values['per-minute']),
  });
  if (!input.success) {
    const issue = input.error.issues[0];
    throw new UsageError(`keys add: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  await withState(async () => {
    const { row, key } = await addApiKey(cliActor(), input.data);
    printResult({ id: row.id, name: row.name, key });
  });
}
