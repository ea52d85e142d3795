/**
 * Roots and proofs of RFC 6962, sections 2.1.1 and 2.1.2, read from a stored tree: leaf hashes and the roots of
 * complete tiles (256^level leaves). A proof reads a few tiles, however large the tree.
 */
import { completeRoot, EMPTY_ROOT, nodeHash, TILE } from './merkle-tree';

/** Reads hashes [from, to) of a level: leaves at level 0, roots of 256^level leaves above. */
export type ReadHashes = (level: number, from: number, to: number) => Promise<Buffer[]>;

/** Bits of a leaf's index that lie within one tile. */
const TILE_BITS = Math.log2(TILE);

export class StoredTree {
  private readonly tiles = new Map<string, Promise<Buffer[]>>();

  constructor(private readonly read: ReadHashes) {}

  /** Root of the first `size` leaves. */
  root(size: number): Promise<Buffer> {
    return size === 0 ? Promise.resolve(EMPTY_ROOT) : this.range(0, size);
  }

  /** Hashes that lead from a leaf to the root of the first `size`, nearest first. */
  async inclusion(index: number, size: number): Promise<Buffer[]> {
    if (index < 0 || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
    const path: Buffer[] = [];
    let [from, to] = [0, size];
    while (to - from > 1) {
      const middle = from + split(to - from);
      const left = index < middle;
      path.unshift(await (left ? this.range(middle, to) : this.range(from, middle)));
      [from, to] = left ? [from, middle] : [middle, to];
    }
    return path;
  }

  /** Hashes that show the first `older` leaves to be a prefix of the first `newer`. */
  async consistency(older: number, newer: number): Promise<Buffer[]> {
    if (older < 0 || older > newer) throw new RangeError(`${older} leaves are no prefix of ${newer}`);
    if (older === 0 || older === newer) return [];
    const path: Buffer[] = [];
    let [from, to] = [0, newer];
    // The older tree's root itself is known to who asks, unless it has to be put together.
    let known = true;
    while (older !== to) {
      const middle = from + split(to - from);
      if (older <= middle) {
        path.unshift(await this.range(middle, to));
        to = middle;
      } else {
        path.unshift(await this.range(from, middle));
        from = middle;
        known = false;
      }
    }
    if (!known) path.unshift(await this.range(from, to));
    return path;
  }

  /** Root over leaves [from, to), where `from` is a multiple of the largest power of two below the length. */
  private async range(from: number, to: number): Promise<Buffer> {
    const length = to - from;
    if ((length & (length - 1)) === 0) return this.complete(from, length);
    const middle = from + split(length);
    return nodeHash(await this.range(from, middle), await this.range(middle, to));
  }

  /** Root of a complete subtree, put together within one tile. */
  private async complete(from: number, length: number): Promise<Buffer> {
    const level = Math.floor(Math.log2(length) / TILE_BITS);
    const unit = TILE ** level;
    const first = from / unit;
    const tile = Math.floor(first / TILE);
    const hashes = await this.tile(level, tile);
    const part = hashes.slice(first - tile * TILE, first - tile * TILE + length / unit);
    if (part.length !== length / unit)
      throw new RangeError(`the stored tree lacks leaves ${from} to ${from + length - 1}`);
    return completeRoot(part);
  }

  private tile(level: number, tile: number): Promise<Buffer[]> {
    const name = `${level}/${tile}`;
    const known = this.tiles.get(name);
    if (known) return known;
    const reading = this.read(level, tile * TILE, (tile + 1) * TILE);
    this.tiles.set(name, reading);
    return reading;
  }
}

/** The largest power of two smaller than n (n > 1). */
function split(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}
