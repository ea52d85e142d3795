/** From whatever was thrown to what a person may read; unknown errors are logged once, under the request's id, which is shown. */
import { randomUUID } from 'node:crypto';
import { ZodError } from 'zod';
import { AppError, ERROR_STATUS, type ErrorCode } from '@/lib/errors';
import { log } from '@/lib/log';
import { requestScope } from '@/lib/request-scope';

export interface DescribedError {
  code: ErrorCode | 'unknown';
  message: string;
  /** HTTP status. */
  status: number;
  /** Set when the log has more. */
  errorId: string;
}

// Node's socket errors, Postgres' "shutting down", "starting up" and "too many connections", Prisma's own names.
const UNREACHABLE =
  /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|57P0[1-3]|53300|08\d{3}|P1001|P1002|P1008|P1017|P2024)\b|Can't reach database|Connection terminated|timeout exceeded when trying to connect/;

/**
 * @param where the page or handler, for the log
 * @param meanwhile what has become of the work, where a failure does not undo all of it
 */
export function describeError(
  error: unknown,
  where: string,
  meanwhile = 'Nothing was changed.',
): DescribedError {
  if (error instanceof AppError && error.code !== 'unavailable') {
    return { code: error.code, message: error.forPerson, status: ERROR_STATUS[error.code], errorId: '' };
  }
  if (error instanceof ZodError) {
    const message = error.issues[0]?.message ?? 'Something in what was sent is not right.';
    return { code: 'bad_input', message, status: ERROR_STATUS.bad_input, errorId: '' };
  }
  const errorId = requestScope()?.id ?? randomUUID().slice(0, 8);
  log.error({ errorId, where, err: error }, 'failed');
  if (isUnreachable(error)) {
    const message = `The database does not answer. ${meanwhile} Try again in a minute.`;
    return { code: 'unavailable', message, status: 503, errorId };
  }
  return {
    code: 'unknown',
    message: `Weir failed at this. ${meanwhile} Try again.`,
    status: 500,
    errorId,
  };
}

/** True when the database could not be reached, however the error was wrapped. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'unavailable';
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    const code = 'code' in each ? String(each.code) : '';
    if (UNREACHABLE.test(`${code} ${each.message}`)) return true;
    if (each instanceof AggregateError && each.errors.some(isUnreachable)) return true;
  }
  return false;
}
