import type pg from 'pg';
import { TILE, TreeEdge } from './log/merkle-tree';
import { type ReadHashes, StoredTree } from './log/proofs';

/** The tree as the database holds it. */
export function storedTree(client: pg.ClientBase | pg.Pool): StoredTree {
  return new StoredTree(reader(client));
}

/** The right edge of a tree of this size. @throws RangeError when the database lacks some of it */
export async function readEdge(client: pg.ClientBase, size: number): Promise<TreeEdge> {
  const read = reader(client);
  const tiles: Buffer[][] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE)) {
    const from = Math.floor(count / TILE) * TILE;
    const hashes = await read(level, from, count);
    if (hashes.length !== count - from)
      throw new RangeError(`the stored tree lacks hashes of level ${level}`);
    tiles.push(hashes);
  }
  return new TreeEdge(size, tiles);
}

function reader(client: pg.ClientBase | pg.Pool): ReadHashes {
  return async (level, from, to) => {
    const { rows } = await client.query<{ hash: Buffer }>(
      level === 0
        ? 'SELECT hash FROM audit_leaf WHERE "index" >= $1 AND "index" < $2 ORDER BY "index"'
        : 'SELECT hash FROM audit_node WHERE "index" >= $1 AND "index" < $2 AND level = $3 ORDER BY "index"',
      level === 0 ? [from, to] : [from, to, level],
    );
    return rows.map((row) => row.hash);
  };
}
