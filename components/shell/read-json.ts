/** Reading route handlers from the browser. */

/** A read that failed, in words for the person. */
export class ReadError extends Error {
  /** HTTP status, 0 when no answer came. */
  readonly status: number;
  readonly errorId: string | undefined;

  constructor(status: number, message: string, errorId?: string) {
    super(message);
    this.name = 'ReadError';
    this.status = status;
    this.errorId = errorId;
  }
}

/**
 * The JSON of one of our route handlers.
 * @throws ReadError with what to do, also when no connection comes about
 */
export async function readJson<T>(
  path: string,
  signal?: AbortSignal,
  method: 'GET' | 'POST' = 'GET',
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { method, signal });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ReadError(0, 'No connection to Weir. What you see is from before; it is read again by itself.');
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const said = (body ?? {}) as { message?: unknown; errorId?: unknown };
  const message =
    typeof said.message === 'string' ? said.message : `Weir answered with ${response.status}. Try again.`;
  throw new ReadError(response.status, message, typeof said.errorId === 'string' ? said.errorId : undefined);
}
