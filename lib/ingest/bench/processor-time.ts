import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of the kernel's clock in a second, as Linux tells them to programs. */
const TICKS = 100;

/** Seconds of processor time so far, of this process with its threads, and of a Postgres with all it ever started. */
export interface ProcessorTime {
  ours: number;
  /** Not a number where there is no /proc. */
  postgres: number;
}

export function processorTime(postmaster: number): ProcessorTime {
  const { user, system } = process.cpuUsage();
  return { ours: (user + system) / 1e6, postgres: postgresTicks(postmaster) / TICKS };
}

function postgresTicks(postmaster: number): number {
  let ticks = 0;
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      // After the name in brackets: state, parent, …; from the 12th on user, system, and both of children that ended.
      const fields = statOf(name)?.split(') ').at(-1)?.split(' ').map(Number);
      if (!fields) continue;
      const isPostmaster = Number(name) === postmaster;
      if (!isPostmaster && fields[1] !== postmaster) continue;
      for (const field of isPostmaster ? [11, 12, 13, 14] : [11, 12]) ticks += fields[field] ?? 0;
    }
    return ticks;
  } catch {
    return Number.NaN;
  }
}

/** Undefined of a process that ended meanwhile. */
function statOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
}
