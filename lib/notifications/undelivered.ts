/** A message that was not taken, in words that may be shown. */
export class Undelivered extends Error {
  /** True when no later try can do better. */
  readonly forGood: boolean;

  constructor(words: string, { forGood = false, ...options }: ErrorOptions & { forGood?: boolean } = {}) {
    super(words, options);
    this.name = 'Undelivered';
    this.forGood = forGood;
  }
}
