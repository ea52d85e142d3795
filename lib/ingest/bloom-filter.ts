/**
 * A set of keys that may err by saying "perhaps", never by saying "no". Grows by layers, each four times the one before;
 * 16 bits a key. Blocked: the bits of a key lie within 64 bytes. After Putze, Sanders, Singler (2007).
 */
import { mix } from './int-table';

const FIRST_KEYS = 1 << 18;
const BITS_A_KEY = 16;
const PROBES = 7;
/** Every look visits every layer: few of them make it quick however many keys there are. */
const GROWTH = 4;
/** Words of 32 bits in a block of 64 bytes. */
const BLOCK_WORDS = 16;

interface Layer {
  words: Int32Array;
  blocks: number;
  room: number;
}

export class BloomFilter {
  private readonly layers: Layer[] = [newLayer(FIRST_KEYS)];

  /** Adds a key. @returns false when it was surely absent before. */
  add(a: number, b: number, c: number): boolean {
    const first = mix(a, b, c, 0x51ed270b);
    const second = mix(c, a, b, 0x2545f491);
    for (const layer of this.layers) if (holds(layer, first, second)) return true;
    let last = this.layers.at(-1)!;
    if (last.room === 0) {
      last = newLayer((last.blocks * BLOCK_WORDS * 32 * GROWTH) / BITS_A_KEY);
      this.layers.push(last);
    }
    last.room--;
    put(last, first, second);
    return false;
  }
}

function newLayer(keys: number): Layer {
  const blocks = (keys * BITS_A_KEY) / (BLOCK_WORDS * 32);
  return { words: new Int32Array(blocks * BLOCK_WORDS), blocks, room: keys };
}

const blockOf = (layer: Layer, first: number) => (first & (layer.blocks - 1)) * BLOCK_WORDS;

function holds(layer: Layer, first: number, second: number): boolean {
  const from = blockOf(layer, first);
  // An odd step visits different bits of the 512.
  const step = (second >>> 9) | 1;
  for (let n = 0, bit = second; n < PROBES; n++, bit += step) {
    if ((layer.words[from + ((bit >>> 5) & 15)]! & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

function put(layer: Layer, first: number, second: number): void {
  const from = blockOf(layer, first);
  const step = (second >>> 9) | 1;
  for (let n = 0, bit = second; n < PROBES; n++, bit += step) {
    layer.words[from + ((bit >>> 5) & 15)]! |= 1 << (bit & 31);
  }
}
