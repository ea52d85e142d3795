/** The exchanges of a batch that are new, a row of integers each, so that those of one account can be read together. */
import type { ExchangeArrays } from './exchange-columns';
import { VALUES_EACH } from './exchange-columns';

const TWO_32 = 4_294_967_296;
const [KEY, TIME, MODEL, CLASS, INPUT, OUTPUT, PART, VALUES] = [0, 1, 3, 4, 5, 6, 7, 8] as const;
const TEXTS = VALUES + VALUES_EACH;
const WIDTH = TEXTS + 2;
/** Keys are sorted by so many bits at a time. */
const DIGIT_BITS = 11;

export class TakenExchanges {
  size = 0;
  private rows = new Int32Array(WIDTH * 1024);
  /** Where in `rows` the exchange lies that is read. */
  private at = 0;

  clear(): void {
    this.size = 0;
  }

  /** @param part its chunk within the batch, @param place and its place there; the model's and account's keys are ours */
  add(part: number, place: number, accountKey: number, modelId: number, exchanges: ExchangeArrays): void {
    let at = this.size++ * WIDTH;
    if (at === this.rows.length) {
      const rows = new Int32Array(this.rows.length * 2);
      rows.set(this.rows);
      this.rows = rows;
    }
    const { rows } = this;
    const time = exchanges.at[place]!;
    rows[at++] = accountKey;
    rows[at++] = Math.floor(time / TWO_32);
    rows[at++] = time | 0;
    rows[at++] = modelId;
    rows[at++] = exchanges.patternClass[place]!;
    rows[at++] = exchanges.inputTokens[place]!;
    rows[at++] = exchanges.outputTokens[place]!;
    rows[at++] = part;
    for (let n = 0; n < VALUES_EACH; n++) rows[at++] = exchanges.values[place * VALUES_EACH + n]!;
    rows[at++] = exchanges.texts[place * 2]!;
    rows[at] = exchanges.texts[place * 2 + 1]!;
  }

  /** Their numbers: those of one account together, in the order in which they came. A sort by digits. */
  byAccount(): Int32Array {
    const { rows, size } = this;
    let most = 0;
    for (let at = KEY; at < size * WIDTH; at += WIDTH) most = Math.max(most, rows[at]!);
    let order = Int32Array.from({ length: size }, (_, n) => n);
    let sorted = new Int32Array(size);
    const starts = new Int32Array((1 << DIGIT_BITS) + 1);
    for (let shift = 0; shift < 32 && most >>> shift > 0; shift += DIGIT_BITS) {
      const digit = (n: number) => (rows[n * WIDTH + KEY]! >>> shift) & ((1 << DIGIT_BITS) - 1);
      starts.fill(0);
      for (let n = 0; n < size; n++) starts[digit(n) + 1]!++;
      for (let n = 1; n < starts.length; n++) starts[n]! += starts[n - 1]!;
      for (let n = 0; n < size; n++) sorted[starts[digit(order[n]!)]!++] = order[n]!;
      [order, sorted] = [sorted, order];
    }
    return order;
  }

  /** Turns to an exchange, whose fields can then be read. */
  read(number: number): this {
    this.at = number * WIDTH;
    return this;
  }

  get accountKey(): number {
    return this.rows[this.at + KEY]!;
  }

  /** Epoch ms. */
  get time(): number {
    return this.rows[this.at + TIME]! * TWO_32 + (this.rows[this.at + TIME + 1]! >>> 0);
  }

  get modelId(): number {
    return this.rows[this.at + MODEL]!;
  }

  get patternClass(): number {
    return this.rows[this.at + CLASS]!;
  }

  get inputTokens(): number {
    return this.rows[this.at + INPUT]!;
  }

  get outputTokens(): number {
    return this.rows[this.at + OUTPUT]!;
  }

  get part(): number {
    return this.rows[this.at + PART]!;
  }

  /** As ExchangeArrays has it. */
  value(n: number): number {
    return this.rows[this.at + VALUES + n]!;
  }

  /** As ExchangeArrays has it. */
  text(n: number): number {
    return this.rows[this.at + TEXTS + n]!;
  }
}
