/** The cookies of a session: never readable by scripts, never sent from other sites' forms, and where the public address
 * is https bound to this host and to https. */
import type { CookiesOptions } from 'next-auth';

/** True when people reach Weir over https; NEXTAUTH_URL is the address they use. */
export function isSecure(): boolean {
  return process.env.NEXTAUTH_URL?.startsWith('https://') ?? false;
}

/** A cookie's whole name. */
export const authCookie = (base: string, secure = isSecure()): string =>
  `${secure ? '__Host-' : ''}weir.${base}`;

export const cookieOptions = (secure: boolean) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure }) as const;

export const sessionCookie = (secure = isSecure()): string => authCookie('session', secure);

export function authCookies(secure: boolean): Partial<CookiesOptions> {
  const options = cookieOptions(secure);
  return {
    sessionToken: { name: sessionCookie(secure), options },
    callbackUrl: { name: authCookie('callback', secure), options },
    csrfToken: { name: authCookie('csrf', secure), options },
    pkceCodeVerifier: { name: authCookie('pkce', secure), options: { ...options, maxAge: 900 } },
    state: { name: authCookie('state', secure), options: { ...options, maxAge: 900 } },
    nonce: { name: authCookie('nonce', secure), options },
  };
}
