/** The worker's log: JSON lines on stdout, warnings and errors unless WEIR_LOG=info. */
import { Logger } from 'graphile-worker';
import { pino } from 'pino';

export const log = pino({
  name: 'worker',
  level: process.env.WEIR_LOG === 'info' ? 'info' : 'warn',
  base: { pid: process.pid },
});

const LEVEL = { error: 'error', warning: 'warn', info: 'info', debug: 'debug' } as const;

/** The queue's own words, in the same log. */
export const queueLogger = new Logger((scope) => (level, message) => log[LEVEL[level]](scope, message));
