/** Sends strangers to the sign-in page, tells pages their own address, and says which scripts they may run. It never
 * decides what anybody may do: the session is checked by each page, and rights by each verb and query. */
import { type NextRequest, NextResponse } from 'next/server';
import { isSecure, sessionCookie } from '@/lib/access/auth-cookies';
import { PATH_HEADER } from '@/lib/access/rules';

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const signedIn = request.cookies.has(sessionCookie());
  if (!signedIn && pathname !== '/login') {
    const login = new URL('/login', request.nextUrl);
    if (pathname !== '/') login.searchParams.set('next', pathname + search);
    return NextResponse.redirect(login);
  }
  const policy = pagePolicy(crypto.randomUUID());
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  // Next reads the nonce from here and puts it on every script of its own.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Scripts by nonce, and what those load; styles also as attributes, which charts and menus are placed by. */
function pagePolicy(id: string): string {
  const nonce = btoa(id);
  // React's own tools for development evaluate text; nothing that is built does.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure() ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

// Machines' addresses answer 401 themselves, and files are nobody's secret.
export const config = {
  matcher: ['/((?!api/|_next/|taxii2|v1/|healthz|readyz|metrics|.*\\.(?:ico|js|png|svg|woff2|txt)$).*)'],
};
