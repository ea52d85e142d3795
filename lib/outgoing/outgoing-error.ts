/** Why a call has no answer. `refused`: it was never sent, and would not be the next time. `failed`: nobody knows. */
export class OutgoingError extends Error {
  readonly kind: 'refused' | 'failed';

  constructor(kind: 'refused' | 'failed', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutgoingError';
    this.kind = kind;
  }
}
