/** For the whole browser run: one desk with the demo's data, or the one that WEIR_E2E_URL and WEIR_STATE name. */
import { freePort } from '@/lib/database/embedded-postgres';
import { removeStateFolder, startDesk } from './desk-process';

export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.WEIR_E2E_URL) return undefined;
  const desk = await startDesk({
    PORT: String(await freePort()),
    WEIR_STAGE_WATCH_SECONDS: '0',
    WEIR_OUTGOING_ALLOW: '127.0.0.1',
  });
  process.env.WEIR_E2E_URL = desk.address;
  process.env.WEIR_STATE = desk.state;
  console.log(desk.output().split('\n\n')[0]);
  return async () => {
    const code = await desk.end();
    removeStateFolder(desk.state);
    if (code !== 0) throw new Error(`npm start exited with ${code} after SIGTERM`);
  };
}
