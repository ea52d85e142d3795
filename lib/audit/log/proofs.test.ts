import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Tree,
  nodeHash as verifierNode,
  verifyConsistency,
  verifyInclusion,
} from '../verifier/verify-log.mjs';
import { completeRoot, EMPTY_ROOT, leafHash, nodeHash, TILE, TreeEdge } from './merkle-tree';
import { StoredTree } from './proofs';

/** The tests of Certificate Transparency: eight leaves, and the root over the first 1 to 8 of them. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const A = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
const B = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const C = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const D = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const E = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
const F = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';

const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));
const buffers = (hashes: readonly string[]) => hashes.map((hash) => Buffer.from(hash, 'hex'));
const known = LEAVES.map((leaf) => leafHash(Buffer.from(leaf, 'hex').toString('latin1')));

/** A tree stored as the sequencer stores it. */
function store(leaves: readonly Buffer[]): StoredTree {
  const levels: Buffer[][] = [[...leaves]];
  const edge = new TreeEdge(0, []);
  for (const leaf of leaves) {
    for (const { level, index, hash } of edge.append(leaf)) {
      levels[level] ??= [];
      levels[level]![index] = hash;
    }
  }
  return new StoredTree(async (level, from, to) => (levels[level] ?? []).slice(from, to));
}
const many = Array.from({ length: 70_000 }, (_, n) => leafHash(`entry ${n}`));
const large = store(many);
function rootOf(size: number): Buffer {
  const tree = new Tree();
  for (const leaf of many.slice(0, size)) tree.append(leaf);
  return tree.root();
}

describe('the tree of RFC 6962', () => {
  it('has the known roots', async () => {
    const tree = store(known);
    for (const [n, root] of ROOTS.entries()) expect((await tree.root(n + 1)).toString('hex')).toBe(root);
    expect((await tree.root(0)).toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(new Tree().root()).toEqual(EMPTY_ROOT);
  });

  it.each<[number, number, string[]]>([
    [0, 1, []],
    [0, 8, [A, B, C]],
    [5, 8, [D, E, ROOTS[3]!]],
    [2, 3, [ROOTS[1]!]],
    [1, 5, [ROOTS[0]!, B, D]],
  ])('has the known audit path of leaf %i among %i', async (index, size, path) => {
    expect(hex(await store(known).inclusion(index, size))).toEqual(path);
    expect(
      verifyInclusion(known[index]!, index, size, buffers(path), Buffer.from(ROOTS[size - 1]!, 'hex')),
    ).toBe(true);
  });

  it.each<[number, number, string[]]>([
    [1, 1, []],
    [1, 8, [A, B, C]],
    [6, 8, [F, E, ROOTS[3]!]],
    [2, 5, [B, D]],
  ])('has the known consistency proof from %i to %i', async (older, newer, path) => {
    expect(hex(await store(known).consistency(older, newer))).toEqual(path);
    const [from, to] = buffers([ROOTS[older - 1]!, ROOTS[newer - 1]!]);
    expect(verifyConsistency(older, newer, buffers(path), from!, to!)).toBe(true);
  });

  it('tells leaves from nodes, and refuses subtrees that are not complete', () => {
    expect(nodeHash(known[0]!, known[1]!)).toEqual(verifierNode(known[0]!, known[1]!));
    expect(nodeHash(known[0]!, known[1]!)).not.toEqual(
      leafHash(Buffer.concat([known[0]!, known[1]!]).toString('latin1')),
    );
    expect(() => completeRoot(known.slice(0, 3))).toThrow(RangeError);
    expect(() => completeRoot([])).toThrow(RangeError);
  });
});

describe('proofs from a stored tree', () => {
  const sizes = fc.oneof(
    fc.integer({ min: 1, max: 700 }),
    fc.constantFrom(TILE - 1, TILE, TILE + 1, 2 * TILE, TILE ** 2 - 1, TILE ** 2, TILE ** 2 + 1, 70_000),
  );
  const pairs = fc.tuple(sizes, sizes).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

  it('hold for every leaf and size', async () => {
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (size, part) => {
          const index = Math.floor(part * size);
          const path = await large.inclusion(index, size);
          expect(path.length).toBeLessThanOrEqual(17);
          expect(verifyInclusion(many[index]!, index, size, path, await large.root(size))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    expect(await large.root(70_000)).toEqual(rootOf(70_000));
    expect(await large.root(TILE + 3)).toEqual(rootOf(TILE + 3));
  });

  it('hold between every two sizes', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ([older, newer]) => {
        const path = await large.consistency(older, newer);
        expect(verifyConsistency(older, newer, path, await large.root(older), await large.root(newer))).toBe(
          true,
        );
      }),
      { numRuns: 60 },
    );
    expect(verifyConsistency(0, 5, [], EMPTY_ROOT, await large.root(5))).toBe(true);
  });

  it('of inclusion are refused when anything about them is wrong', async () => {
    const [index, size] = [300, 601];
    const path = await large.inclusion(index, size);
    const root = await large.root(size);
    const leaf = many[index]!;
    const refused = (...wrong: Parameters<typeof verifyInclusion>) =>
      expect(verifyInclusion(...wrong)).toBe(false);
    refused(many[index + 1]!, index, size, path, root);
    refused(leaf, index + 1, size, path, root);
    refused(leaf, index, size, path, await large.root(size + 1));
    refused(leaf, size, size, path, root);
    refused(leaf, -1, size, path, root);
    refused(leaf, 0.5, size, path, root);
    refused(leaf, index, size, path.slice(1), root);
    refused(leaf, index, size, [...path, root], root);
    refused(leaf, index, size, [], root);
    refused(leaf, index, size, path.toReversed(), root);
    refused(leaf, index, size, [path[0]!.subarray(1), ...path.slice(1)], root);
    for (const [n, step] of path.entries()) {
      const flipped = Buffer.from(step);
      flipped[n % 32]! ^= 1;
      refused(leaf, index, size, path.with(n, flipped), root);
    }
    // A node must not pass for a leaf.
    refused(nodeHash(leaf, path[0]!), index >> 1, (size + 1) >> 1, path.slice(1), EMPTY_ROOT);
    await expect(large.inclusion(size, size)).rejects.toThrow(RangeError);
  });

  it('of consistency are refused when anything about them is wrong', async () => {
    for (const [older, newer] of [
      [300, 601],
      [256, 601],
      [512, 1024],
    ] as const) {
      const path = await large.consistency(older, newer);
      const [from, to] = [await large.root(older), await large.root(newer)];
      const refused = (...wrong: Parameters<typeof verifyConsistency>) =>
        expect(verifyConsistency(...wrong)).toBe(false);
      refused(older, newer, path, to, to);
      refused(older, newer, path, from, from);
      refused(older + 1, newer, path, from, to);
      refused(older - 1, newer, path, from, to);
      refused(newer, older, path, to, from);
      refused(older, newer, path.slice(1), from, to);
      refused(older, newer, [...path, to], from, to);
      refused(older, newer, [], from, to);
      refused(older, older, path, from, from);
      refused(0, newer, path, EMPTY_ROOT, to);
      refused(0, newer, [], from, to);
      for (const [n, step] of path.entries()) {
        const flipped = Buffer.from(step);
        flipped[n % 32]! ^= 1;
        refused(older, newer, path.with(n, flipped), from, to);
      }
    }
    await expect(large.consistency(5, 4)).rejects.toThrow(RangeError);
  });

  it('cannot be made when the stored tree lacks something', async () => {
    const torn = new StoredTree(async (level, from, to) =>
      level === 0 ? many.slice(from, Math.min(to, 500)) : [],
    );
    await expect(torn.root(600)).rejects.toThrow('the stored tree lacks leaves');
  });
});
