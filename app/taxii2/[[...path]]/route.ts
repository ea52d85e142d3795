/** TAXII 2.1 for partners' clients. Each address answers with and without a slash at its end. */
import { describeError } from '@/app/describe-error';
import { TAXII_TYPE } from '@/lib/intel/taxii/media-types';
import { methodsOf, serveTaxii, taxiiError } from '@/lib/intel/taxii/serve-taxii';
import { log } from '@/lib/log';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(1)
    .map(decode);
  // Hostile text: an address may hold anything. Its query may hold a secret that somebody put in the wrong place.
  const warn = (status: number, code: string, why: string) =>
    log.warn({ taxii: request.method, path: url.pathname, status, code, why }, 'refused');
  const frame = { 'content-type': TAXII_TYPE, 'cache-control': 'no-store' };
  try {
    const { status, headers, body, refused } = await serveTaxii({
      method: request.method,
      path,
      query: url.searchParams,
      headers: request.headers,
      origin: process.env.NEXTAUTH_URL ? new URL(process.env.NEXTAUTH_URL).origin : url.origin,
      body: request.body,
    });
    if (refused !== undefined) warn(status, 'objects_refused', refused);
    return new Response(body, { status, headers: { ...frame, ...headers } });
  } catch (error) {
    const described = describeError(error, `${request.method} /taxii2`);
    const { status } = described;
    warn(status, described.code, described.message);
    return new Response(taxiiError(described), {
      status,
      headers: {
        ...frame,
        ...(status === 401 && { 'www-authenticate': 'Basic realm="Weir", charset="UTF-8"' }),
        ...(status === 405 && { allow: methodsOf(path)?.join(', ') ?? '' }),
      },
    });
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
