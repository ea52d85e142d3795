/** Numbers pairs of integers in the order in which they are first seen: open addressing, linear probing. */
export class PairIndex {
  size = 0;
  private keys: Int32Array = new Int32Array(1 << 11);
  private slots = new Int32Array(1 << 11);

  /** The number of a pair; a new one when it was not seen before: then `size` has grown. */
  place(a: number, b: number): number {
    const at = this.slotOf(a, b);
    const held = this.slots[at]!;
    if (held > 0) return held - 1;
    if (2 * this.size === this.keys.length) this.keys = doubled(this.keys);
    const place = this.size++;
    this.keys[2 * place] = a;
    this.keys[2 * place + 1] = b;
    this.slots[at] = place + 1;
    if (this.size * 2 > this.slots.length) this.rehash();
    return place;
  }

  /** The number of a pair, or -1. */
  find(a: number, b: number): number {
    return this.slots[this.slotOf(a, b)]! - 1;
  }

  first(place: number): number {
    return this.keys[2 * place]!;
  }

  second(place: number): number {
    return this.keys[2 * place + 1]!;
  }

  private slotOf(a: number, b: number): number {
    const mask = this.slots.length - 1;
    let at = scramble(a, b) & mask;
    for (let held = this.slots[at]!; held > 0; held = this.slots[at]!) {
      if (this.keys[2 * held - 2] === a && this.keys[2 * held - 1] === b) return at;
      at = (at + 1) & mask;
    }
    return at;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let place = 0; place < this.size; place++) {
      this.slots[this.slotOf(this.first(place), this.second(place))] = place + 1;
    }
  }
}

function doubled(array: Int32Array): Int32Array {
  const bigger = new Int32Array(array.length * 2);
  bigger.set(array);
  return bigger;
}

function scramble(a: number, b: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b ^ (b >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
