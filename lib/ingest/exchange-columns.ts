/** Exchanges column by column in typed arrays: a million of them cost no object, and threads hand them over whole. */

/**
 * An exchange shows at most one value of each of these kinds; text kinds come as texts. Of task items and sessions
 * one in SAMPLED is kept, the same ones whoever shows them; a label is a provider's own.
 */
export const VALUE_KINDS = [
  'ip',
  'client_fingerprint',
  'user_agent',
  'access_path',
  'asn',
  'task_item',
  'session',
  'label',
] as const;
export const VALUES_EACH = VALUE_KINDS.length;

export interface ExchangeArrays {
  size: number;
  /** Number of the account in the vocabulary. */
  account: Int32Array;
  /** Upper and lower half of the hashed exchange id. */
  identity: Int32Array;
  /** Milliseconds since 1970. */
  at: Float64Array;
  /** Number of the model in the vocabulary. */
  model: Int32Array;
  patternClass: Uint8Array;
  inputTokens: Int32Array;
  outputTokens: Int32Array;
  /** As carriedFields gives it. */
  carried: Int32Array;
  /** Number of the value of each of VALUE_KINDS, -1 for none. */
  values: Int32Array;
  /** Place of the prompt's template and of the system prompt's among the chunk's texts, -1 for none. */
  texts: Int32Array;
}

const WIDTHS = { identity: 2, values: VALUES_EACH, texts: 2 } as const;

/** Grows as exchanges are added. */
export class ExchangeColumns implements ExchangeArrays {
  size = 0;
  account = new Int32Array(256);
  identity = new Int32Array(256 * WIDTHS.identity);
  at = new Float64Array(256);
  model = new Int32Array(256);
  patternClass = new Uint8Array(256);
  inputTokens = new Int32Array(256);
  outputTokens = new Int32Array(256);
  carried = new Int32Array(256);
  values = new Int32Array(256 * WIDTHS.values);
  texts = new Int32Array(256 * WIDTHS.texts);

  /** Makes room for one more exchange. @returns its place */
  add(): number {
    if (this.size === this.at.length) this.resize(this.size * 2);
    return this.size++;
  }

  /** The columns cut to what they hold. */
  finish(): ExchangeArrays {
    this.resize(this.size);
    return { ...this };
  }

  private resize(capacity: number): void {
    this.account = resized(this.account, capacity, Int32Array);
    this.identity = resized(this.identity, capacity * WIDTHS.identity, Int32Array);
    this.at = resized(this.at, capacity, Float64Array);
    this.model = resized(this.model, capacity, Int32Array);
    this.patternClass = resized(this.patternClass, capacity, Uint8Array);
    this.inputTokens = resized(this.inputTokens, capacity, Int32Array);
    this.outputTokens = resized(this.outputTokens, capacity, Int32Array);
    this.carried = resized(this.carried, capacity, Int32Array);
    this.values = resized(this.values, capacity * WIDTHS.values, Int32Array);
    this.texts = resized(this.texts, capacity * WIDTHS.texts, Int32Array);
  }
}

function resized<T extends Int32Array | Float64Array | Uint8Array>(
  from: T,
  length: number,
  Column: new (length: number) => T,
): T {
  const column = new Column(length);
  column.set(from.length > length ? from.subarray(0, length) : from);
  return column;
}
