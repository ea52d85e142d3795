import NextAuth from 'next-auth';
import { refuse } from '@/app/api/respond';
import { authOptions } from '@/lib/access/auth-options';
import { AppError } from '@/lib/errors';

const handler = NextAuth(authOptions);

/** A password and a token are short: more is not read. */
const MAX_BYTES = 16_384;

export { handler as GET };

export async function POST(request: Request, context: unknown): Promise<Response> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= MAX_BYTES)) {
    const words = `A sign-in takes a body of at most ${MAX_BYTES} bytes, with its content-length.`;
    return refuse(new AppError('too_large', words), 'sign-in');
  }
  return handler(request, context);
}
