/** What commands share: an open database around them, who acts, and the JSON line at the end. */
import { userInfo } from 'node:os';
import type { Actor } from '@/lib/access/schema';
import { openState } from '@/lib/database/open-state';

/** Whoever runs the command, as `cli:USER`. */
export function cliActor(): Actor {
  return { kind: 'cli', name: userInfo().username };
}

/** Runs `work` with the database open, and leaves it as it was found whatever happens. */
export async function withState(work: () => Promise<void>): Promise<void> {
  const state = await openState();
  try {
    await work();
  } finally {
    await state.close();
  }
}

/** The last line of standard output. */
export function printResult(result: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
