/** Why a call has no answer. `refused`: it was never sent, and would not be the next time. `failed`: nobody knows. `unsent`: never
 * written, because it was no longer wanted. */
export class OutgoingError extends Error {
  readonly kind: 'refused' | 'failed' | 'unsent';

  constructor(kind: 'refused' | 'failed' | 'unsent', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutgoingError';
    this.kind = kind;
  }
}
