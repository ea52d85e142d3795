/** Sends strangers to the sign-in page and tells pages their own address. It never decides what anybody may do: the
 * session is checked by each page, and rights by each verb and query. */
import { type NextRequest, NextResponse } from 'next/server';
import { sessionCookie } from '@/lib/access/auth-cookies';
import { PATH_HEADER } from '@/lib/access/rules';

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const signedIn = request.cookies.has(sessionCookie());
  if (!signedIn && pathname !== '/login') {
    const login = new URL('/login', request.nextUrl);
    if (pathname !== '/') login.searchParams.set('next', pathname + search);
    return NextResponse.redirect(login);
  }
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  return NextResponse.next({ request: { headers } });
}

// Machines' addresses answer 401 themselves, and files are nobody's secret.
export const config = {
  matcher: ['/((?!api/|_next/|taxii2|v1/|healthz|readyz|metrics|.*\\.(?:ico|js|png|svg|woff2|txt)$).*)'],
};
