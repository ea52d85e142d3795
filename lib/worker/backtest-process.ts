/** The process in which the worker tries changed settings. */
import { setPriority } from 'node:os';
import { runBacktest } from '@/lib/clusters/run-backtest';
import { closeDatabase } from '@/lib/database/client';

/** Whatever else works on this machine goes first. */
const NICE = 10;

// Without a parent there is nobody left who would want the result.
process.on('disconnect', () => process.exit(1));

setPriority(NICE);
await runBacktest(Number(process.argv[2]));
await closeDatabase();
process.disconnect?.();
process.exit(0);
