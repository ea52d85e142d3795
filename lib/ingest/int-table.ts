/**
 * Sums by a key of four 32-bit integers, in typed arrays: open addressing with linear probing. A Map with string
 * keys took most of an ingest's time and memory.
 */
export class IntTable {
  /** How many keys are held; each has a place from 0 in order of first sight. */
  size = 0;
  /** Four integers a place. */
  keys: Int32Array;
  /** `width` numbers a place, 0 at first. */
  values: Float64Array;
  /** Place + 1 by hash, 0 where free. */
  private slots: Int32Array;

  /** @param width how many values belong to a key. */
  constructor(
    readonly width: number,
    capacity = 512,
  ) {
    this.keys = new Int32Array(capacity * 4);
    this.values = new Float64Array(capacity * width);
    this.slots = new Int32Array(capacity * 2);
  }

  /** The place of a key, which is added when absent: then `size` has grown. */
  place(a: number, b: number, c: number, d: number): number {
    const { keys } = this;
    const mask = this.slots.length - 1;
    let at = mix(a, b, c, d) & mask;
    for (let held = this.slots[at]!; held !== 0; held = this.slots[at]!) {
      const from = (held - 1) * 4;
      if (keys[from] === a && keys[from + 1] === b && keys[from + 2] === c && keys[from + 3] === d)
        return held - 1;
      at = (at + 1) & mask;
    }
    const place = this.size++;
    this.slots[at] = place + 1;
    const from = place * 4;
    keys[from] = a;
    keys[from + 1] = b;
    keys[from + 2] = c;
    keys[from + 3] = d;
    if (this.size * 2 >= this.slots.length) this.grow();
    return place;
  }

  has(a: number, b: number, c: number, d: number): boolean {
    const { keys } = this;
    const mask = this.slots.length - 1;
    let at = mix(a, b, c, d) & mask;
    for (let held = this.slots[at]!; held !== 0; held = this.slots[at]!) {
      const from = (held - 1) * 4;
      if (keys[from] === a && keys[from + 1] === b && keys[from + 2] === c && keys[from + 3] === d)
        return true;
      at = (at + 1) & mask;
    }
    return false;
  }

  /** Forgets every key; keeps the room. */
  clear(): void {
    const { keys, slots, size } = this;
    this.values.fill(0, 0, size * this.width);
    this.size = 0;
    if (size * 8 > slots.length) {
      slots.fill(0);
      return;
    }
    // Once large and now nearly empty: only what is taken is freed.
    const mask = slots.length - 1;
    for (let place = 0, from = 0; place < size; place++, from += 4) {
      let at = mix(keys[from]!, keys[from + 1]!, keys[from + 2]!, keys[from + 3]!) & mask;
      while (slots[at] !== place + 1) at = (at + 1) & mask;
      slots[at] = 0;
    }
  }

  private grow(): void {
    const keys = new Int32Array(this.keys.length * 2);
    keys.set(this.keys);
    this.keys = keys;
    const values = new Float64Array(this.values.length * 2);
    values.set(this.values);
    this.values = values;
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let place = 0; place < this.size; place++) {
      const from = place * 4;
      let at = mix(keys[from]!, keys[from + 1]!, keys[from + 2]!, keys[from + 3]!) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = place + 1;
    }
    this.slots = slots;
  }
}

/** 32 well-mixed bits of four integers. */
export function mix(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 15)) + b, 0xc2b2ae35);
  h = Math.imul((h ^ (h >>> 13)) + c, 0x27d4eb2f);
  h = Math.imul((h ^ (h >>> 15)) + d, 0x165667b1);
  h ^= h >>> 13;
  h = Math.imul(h, 0x9e3779b1);
  return (h ^ (h >>> 16)) >>> 0;
}
