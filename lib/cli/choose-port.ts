/** The port to listen on: the one asked for, or the next free one after it. */
import { createServer } from 'node:net';

const TRIES = 50;

/** @returns the first free port from `wanted` on. @throws Error when fifty in a row are taken. */
export async function choosePort(wanted: number, host: string): Promise<number> {
  for (let port = wanted; port < wanted + TRIES && port < 65_536; port++) {
    if (await isFree(port, host)) return port;
  }
  throw new Error(`ports ${wanted} to ${wanted + TRIES - 1} are all taken: set PORT to a free one`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(new Error(`cannot listen on ${host}:${port}: ${error.message}`));
    });
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
