/** `weir users add` */
import { parseArgs } from 'node:util';
import { addUser } from '@/lib/access/add-user';
import { newUserSchema } from '@/lib/access/schema';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function addUserCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { email: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' } },
  });
  const input = newUserSchema.safeParse({ ...values, name: values.name ?? values.email });
  if (!input.success) {
    const issue = input.error.issues[0];
    throw new UsageError(`users add --email E --role R: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  await withState(async () => {
    const { user, password } = await addUser(cliActor(), input.data);
    printResult({ email: user.email, role: user.role, password });
  });
}
