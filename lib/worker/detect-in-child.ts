/** Detection keeps a core busy for as long as it takes; in a process of its own it holds up no running action. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '@/lib/errors';

const ENTRY = fileURLToPath(new URL('./detection-process.ts', import.meta.url));
/** Milliseconds between asking the child to end and ending it. */
const KILL_AFTER_MS = 1_500;

/** Runs detection once. The signal ends it; what it has not committed is undone by the database.
 * @throws AppError unavailable when it failed */
export async function detectInChild(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const child = fork(ENTRY, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const end = () => endChild(child);
  signal.addEventListener('abort', end);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0 && !signal.aborted) {
      throw new AppError(
        'unavailable',
        'Detection did not finish. The worker tries it again.',
        `detection exited ${code}`,
      );
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function endChild(child: ChildProcess): void {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
}
