/** What every adapter of a foreign format gives: objects for `checkRecord`, each with the row that it comes from. */

/** A row's number and what it says as a record, or why it says nothing. */
export type AdaptedRow =
  | {
      /** Line of a text file, place in a JSON array; counted from 1. */
      number: number;
      record: object;
      /** Observations that the same row holds; they are no rows of their own and never counted as such. */
      also?: readonly object[];
    }
  | { number: number; reason: string };

export interface Adapter {
  readonly format: 'litellm' | 'otlp' | 'mapped';
  /** Rows that are none of our business and so neither taken nor refused, for example spans of a database client. */
  readonly skipped: number;
  /** Reads once. @throws UnreadableInputError when the input as a whole is not what the format says. */
  read(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<AdaptedRow[]>;
}

/** A longer row, or a longer OTLP document, is refused without being held in memory. */
export const MAX_ROW_BYTES = 16_777_216;
