/** Rows of integers that grow, in typed arrays: millions of rows without an object each. */
export class IntColumns {
  length = 0;
  private data: Int32Array;

  constructor(
    readonly width: number,
    capacity = 1 << 12,
  ) {
    this.data = new Int32Array(capacity * width);
  }

  /** Makes room for a row. @returns where it begins in `cells`. */
  add(): number {
    const at = this.length * this.width;
    if (at === this.data.length) {
      const bigger = new Int32Array(this.data.length * 2);
      bigger.set(this.data);
      this.data = bigger;
    }
    this.length++;
    return at;
  }

  /** All rows one after the other; another array after `add`. */
  get cells(): Int32Array {
    return this.data;
  }

  /**
   * Rows by the group that their first cell names. @returns for group g the row numbers order[offsets[g]..offsets[g+1]),
   * in the order in which they came.
   */
  groupByFirst(groups: number): { offsets: Int32Array; order: Int32Array } {
    const { data, width, length } = this;
    const offsets = new Int32Array(groups + 1);
    for (let row = 0; row < length; row++) offsets[data[row * width]! + 1]!++;
    for (let g = 0; g < groups; g++) offsets[g + 1]! += offsets[g]!;
    const next = offsets.slice();
    const order = new Int32Array(length);
    for (let row = 0; row < length; row++) order[next[data[row * width]!]!++] = row;
    return { offsets, order };
  }
}
