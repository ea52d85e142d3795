/** Detection keeps a core busy for as long as it takes; in a process of its own it holds up no running action. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Milliseconds between asking the child to end and ending it. */
const KILL_AFTER_MS = 1_500;

/** Runs a file in a process of its own until it ends. The signal ends it; what it has not committed is
 * undone by the database. @returns its exit code; 0 when the signal ended it */
export async function runInChild(file: URL, args: string[], signal: AbortSignal): Promise<number> {
  if (signal.aborted) return 0;
  const child = fork(fileURLToPath(file), args, {
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
    return signal.aborted ? 0 : (code ?? 1);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function endChild(child: ChildProcess): void {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
}
