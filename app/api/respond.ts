/** Answers of the desk's own route handlers: JSON, and one shape for every failure. */
import { unstable_rethrow } from 'next/navigation';
import { AppError } from '@/lib/errors';
import { describeError } from '../describe-error';

/**
 * What `read` gives, as JSON; a failure as its status with { code, message, errorId? }: 401 without a session, 403
 * without the right, 404, 409, 503 without a database, 500 for the unknown. Never cached: it is one person's view.
 * @param where the handler, for the log
 * @param meanwhile as describeError takes it
 */
export async function respond(
  where: string,
  read: () => Promise<unknown>,
  meanwhile?: string,
): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  try {
    return Response.json(await read(), { headers });
  } catch (error) {
    unstable_rethrow(error);
    const { code, message, status, errorId } = describeError(error, where, meanwhile);
    return Response.json({ code, message, ...(errorId && { errorId }) }, { status, headers });
  }
}

/** The positive whole number that a path holds. @throws AppError not_found */
export function pathId(text: string): number {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id > 0) return id;
  throw new AppError('not_found', 'There is nothing at this address. Open it from its list again.');
}
