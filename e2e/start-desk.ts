/** For the whole browser run: one desk with the demo's data, or the one that WEIR_E2E_URL and WEIR_STATE name. */
import { freePort } from '@/lib/database/embedded-postgres';
import { removeStateFolder, startDesk } from './desk-process';
import { OIDC_CLIENT } from './identity-provider';

export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.WEIR_E2E_URL) return undefined;
  // Nobody answers there until the spec of it starts one.
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const desk = await startDesk({
    PORT: String(await freePort()),
    WEIR_STAGE_WATCH_SECONDS: '0',
    WEIR_OUTGOING_ALLOW: '127.0.0.1',
    WEIR_OIDC_ISSUER: issuer,
    WEIR_OIDC_CLIENT_ID: OIDC_CLIENT.id,
    WEIR_OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
    WEIR_OIDC_NAME: 'the test house',
    WEIR_OIDC_SCOPE: 'openid email profile groups',
    WEIR_OIDC_ROLE_CLAIM: 'groups',
    WEIR_OIDC_ROLES: 'weir-admins=admin,weir-team=analyst',
  });
  process.env.WEIR_E2E_URL = desk.address;
  process.env.WEIR_E2E_OIDC = issuer;
  process.env.WEIR_STATE = desk.state;
  console.log(desk.output().split('\n\n')[0]);
  return async () => {
    const code = await desk.end();
    removeStateFolder(desk.state);
    if (code !== 0) throw new Error(`npm start exited with ${code} after SIGTERM`);
  };
}
