/** The Merkle tree of RFC 6962, section 2.1: SHA-256, leaves and nodes told apart by their first byte. */
import { createHash, hash } from 'node:crypto';

/** Hash of a leaf from its text's UTF-8 bytes. */
export function leafHash(text: string): Buffer {
  return hash('sha256', `\0${text}`, 'buffer');
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update('\x01').update(left).update(right).digest();
}

/** Root of the tree of no leaves. */
export const EMPTY_ROOT = createHash('sha256').digest();

/** Leaves of a tile; a tile's root is stored when it is complete. */
export const TILE = 256;

/** Root of a complete subtree. @param hashes as many as a power of two */
export function completeRoot(hashes: readonly Buffer[]): Buffer {
  let level = [...hashes];
  if (level.length === 0 || (level.length & (level.length - 1)) !== 0) {
    throw new RangeError(`${level.length} hashes make no complete subtree`);
  }
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, n) => nodeHash(level[2 * n]!, level[2 * n + 1]!));
  }
  return level[0]!;
}

export interface NewNode {
  level: number;
  index: number;
  hash: Buffer;
}

/** The right edge of a tree, tile by tile: all that is needed to append. */
export class TreeEdge {
  /** @param tiles for each level, lowest first, the hashes of the tile that is not yet complete */
  constructor(
    public size: number,
    private readonly tiles: Buffer[][],
  ) {}

  /** Adds a leaf. @returns the nodes that it completes, lowest first */
  append(leaf: Buffer): NewNode[] {
    this.size++;
    const made: NewNode[] = [];
    for (let level = 0, hash = leaf; ; level++) {
      const tile = this.tiles[level] ?? [];
      this.tiles[level] = tile;
      tile.push(hash);
      if (tile.length < TILE) return made;
      hash = completeRoot(tile);
      this.tiles[level] = [];
      made.push({ level: level + 1, index: this.size / TILE ** (level + 1) - 1, hash });
    }
  }
}
