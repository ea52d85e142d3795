/** Numbers by a kind and some bytes, without making a string of them. A cache: what is missing must be asked elsewhere. */

/** Whoever makes values that meet in one place gets no further than this: what is not found so far is not kept. */
const MOST_PROBES = 24;
const MOST_ENTRIES = 1 << 20;
const MOST_BYTES = 1 << 26;
const SEED = (Math.random() * 0x100000000) | 0;

export class ByteTable {
  private size = 0;
  private used = 0;
  /** Entry + 1 by hash, 0 where free. */
  private slots = new Int32Array(1 << 12);
  private hashes = new Int32Array(1 << 11);
  /** Kind, first byte in the arena, length, number. */
  private entries = new Int32Array(4 << 11);
  private arena = new Uint8Array(1 << 15);

  /** @returns the number; -1 when it is not there */
  find(kind: number, hash: number, bytes: Uint8Array, from: number, length: number): number {
    const { slots, hashes, entries, arena } = this;
    const mask = slots.length - 1;
    for (let probe = 0, at = hash & mask; probe < MOST_PROBES; probe++, at = (at + 1) & mask) {
      const entry = slots[at]! - 1;
      if (entry < 0) return -1;
      if (hashes[entry] !== hash || entries[entry * 4] !== kind || entries[entry * 4 + 2] !== length)
        continue;
      const start = entries[entry * 4 + 1]!;
      let n = 0;
      while (n < length && arena[start + n] === bytes[from + n]) n++;
      if (n === length) return entries[entry * 4 + 3]!;
    }
    return -1;
  }

  /** Must not be there yet. */
  add(kind: number, hash: number, bytes: Uint8Array, from: number, length: number, number: number): void {
    if (this.size * 2 >= this.slots.length) this.grow();
    if (this.used + length > MOST_BYTES || this.size >= MOST_ENTRIES) this.clear();
    if (!this.occupy(hash, this.size)) return;
    if (this.used + length > this.arena.length) {
      const arena = new Uint8Array(Math.max(this.arena.length * 2, this.used + length));
      arena.set(this.arena);
      this.arena = arena;
    }
    this.arena.set(bytes.subarray(from, from + length), this.used);
    this.hashes[this.size] = hash;
    const entry = this.size++ * 4;
    this.entries[entry] = kind;
    this.entries[entry + 1] = this.used;
    this.entries[entry + 2] = length;
    this.entries[entry + 3] = number;
    this.used += length;
  }

  clear(): void {
    this.size = 0;
    this.used = 0;
    this.slots.fill(0);
  }

  private occupy(hash: number, entry: number): boolean {
    const mask = this.slots.length - 1;
    for (let probe = 0, at = hash & mask; probe < MOST_PROBES; probe++, at = (at + 1) & mask) {
      if (this.slots[at] !== 0) continue;
      this.slots[at] = entry + 1;
      return true;
    }
    return false;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const entries = new Int32Array(this.entries.length * 2);
    entries.set(this.entries);
    this.entries = entries;
    for (let entry = 0; entry < this.size; entry++) this.occupy(this.hashes[entry]!, entry);
  }
}

/** 32 bits of a kind and some bytes, different in each process. After FNV-1a, mixed at the end as MurmurHash3 does. */
export function hashBytes(kind: number, bytes: Uint8Array, from: number, length: number): number {
  let hash = SEED ^ Math.imul(kind + 1, 0x9e3779b1);
  for (let at = from; at < from + length; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return Math.imul(hash, 0xc2b2ae35) ^ (hash >>> 16);
}
