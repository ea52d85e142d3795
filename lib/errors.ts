/** The one error class: a code, words for the log, and words for the person (what happened, what to do). */

export const ERROR_STATUS = {
  bad_input: 400,
  not_signed_in: 401,
  forbidden: 403,
  /** May, but has to prove once more who they are. */
  unproved: 403,
  not_found: 404,
  wrong_method: 405,
  not_acceptable: 406,
  too_slow: 408,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  limit: 422,
  key_reused: 422,
  locked: 423,
  too_many: 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export class AppError extends Error {
  readonly code: ErrorCode;
  /** What the person reads: what happened and what to do. Never holds a stack, SQL or a secret. */
  readonly forPerson: string;

  constructor(code: ErrorCode, forPerson: string, internal: string = forPerson, options?: ErrorOptions) {
    super(internal, options);
    this.name = 'AppError';
    this.code = code;
    this.forPerson = forPerson;
  }
}

/** What a server action answers: its value, or words for the person. */
export type ActionResult<T = undefined> =
  | { ok: true; value: T }
  | { ok: false; code: ErrorCode | 'unknown'; message: string; errorId?: string };
