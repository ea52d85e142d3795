/** What ends a stream of bytes before its time. What came whole before that is taken. */

/** Damaged data; more than may come in; a sender that sent nothing for too long; one that went away. */
export type BreakKind = 'damaged' | 'too_large' | 'too_slow' | 'gone';

export class BrokenStreamError extends Error {
  override name = 'BrokenStreamError';

  /** @param message what happened, to stand in the middle of a sentence */
  constructor(
    readonly kind: BreakKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
