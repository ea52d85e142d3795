/** What one file or body may ask of us. A deployment changes it by its environment. */

export interface InputLimits {
  /** A longer line is refused without being held in memory. */
  lineBytes: number;
  /** Compressed data that unpack to more than so many times their size are taken for a bomb. Logs reach 10 to 60. */
  unpackRatio: number;
}

export function inputLimits(): InputLimits {
  return {
    lineBytes: limitOf('WEIR_MAX_LINE_BYTES', 1_048_576),
    unpackRatio: limitOf('WEIR_MAX_UNPACK_RATIO', 200),
  };
}

/** @throws Error when the variable holds something else than a number above 0 */
export function limitOf(name: string, unlessSet: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return unlessSet;
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`${name} must be a number above 0; it is ${JSON.stringify(text)}.`);
}
