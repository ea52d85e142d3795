/** What commands share: an open database around them, who acts, and the JSON line at the end. */
import { userInfo } from 'node:os';
import type { Actor } from '@/lib/access/schema';
import { openState } from '@/lib/database/open-state';

/** Whoever runs the command, as `cli:USER`. */
export function cliActor(): Actor {
  return { kind: 'cli', name: userInfo().username };
}

/** Exit status of a command that a signal ended. */
const INTERRUPTED = 130;
/** How long an interrupted command may take to let go of the database. */
const LET_GO_MS = 10_000;

/** Runs `work` with the database open, and leaves it as it was found whatever happens. */
export async function withState(work: () => Promise<void>): Promise<void> {
  const opening = openState();
  const leave = (code: number) => {
    setTimeout(() => process.exit(code), LET_GO_MS).unref();
    void opening
      .then((state) => state.close())
      .catch(() => {})
      .finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => leave(INTERRUPTED));
  // A reader that has seen enough (head, a closed pipe) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => leave(error.code === 'EPIPE' ? 0 : 1));
  const state = await opening;
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
