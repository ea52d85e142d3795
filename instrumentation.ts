/** Next calls this once, when the web server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { allowLongStreams } = await import('./app/allow-long-streams');
  const { stampRequests } = await import('./app/stamp-requests');
  allowLongStreams();
  stampRequests();
}
