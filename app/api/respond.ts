/** Answers of the desk's own route handlers: JSON, and one shape for every failure. */
import { unstable_rethrow } from 'next/navigation';
import { AppError } from '@/lib/errors';
import type { ErrorAnswer } from '@/lib/openapi/answers-schema';
import { describeError } from '../describe-error';

const NEVER_CACHED = { 'cache-control': 'no-store' };
/** Seconds after which the same again may do. */
const RETRY_AFTER: Record<number, string> = { 409: '10', 429: '5', 503: '10' };

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
  try {
    return Response.json(await read(), { headers: NEVER_CACHED });
  } catch (error) {
    unstable_rethrow(error);
    return refuse(error, where, meanwhile);
  }
}

/** The answer to whatever was thrown, as `respond` gives it; says when to try again where that helps. */
export function refuse(error: unknown, where: string, meanwhile?: string): Response {
  const { code, message, status, errorId } = describeError(error, where, meanwhile);
  const headers = { ...NEVER_CACHED, ...retryAfter(status) };
  const answer: ErrorAnswer = { code, message, ...(errorId && { errorId }) };
  return Response.json(answer, { status, headers });
}

export function retryAfter(status: number): Record<string, string> {
  const seconds = RETRY_AFTER[status];
  return seconds ? { 'retry-after': seconds } : {};
}

/** The positive whole number that a path holds. @throws AppError not_found */
export function pathId(text: string): number {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id > 0) return id;
  throw new AppError('not_found', 'There is nothing at this address. Open it from its list again.');
}

/** The number of an audit entry that a path holds. @throws AppError not_found */
export function pathEntry(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (id > 0 && Number.isSafeInteger(id)) return id;
  throw new AppError('not_found', 'The audit has no such entry. Look for it in the list.');
}
