import type { Instrumentation } from 'next';

/** Next calls this once, when the web server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { allowLongStreams } = await import('./app/allow-long-streams');
  const { stampRequests } = await import('./app/stamp-requests');
  allowLongStreams();
  stampRequests();
}

/** Next calls this for what a page, an action or a handler threw and nobody caught; the digest is what the page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('./lib/log');
  log.error({ where: routePath, err: error }, 'not caught');
};
