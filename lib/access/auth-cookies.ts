/** The cookies of a session: never readable by scripts, never sent from other sites' forms, and where the public address
 * is https bound to this host and to https. */
import type { CookiesOptions } from 'next-auth';

/** True when people reach Weir over https; NEXTAUTH_URL is the address they use. */
export function isSecure(): boolean {
  return process.env.NEXTAUTH_URL?.startsWith('https://') ?? false;
}

const name = (base: string, secure: boolean) => `${secure ? '__Host-' : ''}weir.${base}`;

export const sessionCookie = (secure = isSecure()): string => name('session', secure);

export function authCookies(secure: boolean): Partial<CookiesOptions> {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  return {
    sessionToken: { name: sessionCookie(secure), options },
    callbackUrl: { name: name('callback', secure), options },
    csrfToken: { name: name('csrf', secure), options },
    pkceCodeVerifier: { name: name('pkce', secure), options: { ...options, maxAge: 900 } },
    state: { name: name('state', secure), options: { ...options, maxAge: 900 } },
    nonce: { name: name('nonce', secure), options },
  };
}
