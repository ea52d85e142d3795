import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Layout, type LayoutEdge, type LayoutNode, layOutNetwork, NETWORK_BOX } from './lay-out-network';

/** `groups` stars of `size` small nodes around a value each, all tied to one common hub. */
function stars(groups: number, size: number): { nodes: LayoutNode[]; edges: LayoutEdge[] } {
  const nodes: LayoutNode[] = [{ id: 'hub', radius: 7 }];
  const edges: LayoutEdge[] = [];
  for (let g = 0; g < groups; g++) {
    nodes.push({ id: `v${g}`, radius: 7 });
    for (let i = 0; i < size; i++) {
      nodes.push({ id: `a${g}-${i}`, radius: i % 5 === 0 ? 16 : 3 });
      edges.push(
        { source: `a${g}-${i}`, target: `v${g}`, weight: 1 },
        { source: `a${g}-${i}`, target: 'hub', weight: 0.2 },
      );
    }
  }
  return { nodes, edges };
}

function closest(nodes: readonly LayoutNode[], places: Layout['places']): number {
  let least = Number.POSITIVE_INFINITY;
  nodes.forEach((a, i) => {
    for (const b of nodes.slice(i + 1)) {
      const p = places.get(a.id)!;
      const q = places.get(b.id)!;
      least = Math.min(least, Math.hypot(p.x - q.x, p.y - q.y) - a.radius - b.radius);
    }
  });
  return least;
}

describe('layOutNetwork()', () => {
  it('gives the same places for the same graph in any order', () => {
    const { nodes, edges } = stars(12, 9);
    expect(layOutNetwork([...nodes].reverse(), [...edges].reverse())).toEqual(layOutNetwork(nodes, edges));
  });

  it('lays 300 nodes out without overlap, near the box', () => {
    const { nodes, edges } = stars(20, 14);
    const { places } = layOutNetwork(nodes, edges);
    expect(places.size).toBe(nodes.length);
    expect(closest(nodes, places)).toBeGreaterThan(0);
    for (const { x, y } of places.values()) {
      expect(Math.abs(x - NETWORK_BOX.width / 2)).toBeLessThan(NETWORK_BOX.width);
      expect(Math.abs(y - NETWORK_BOX.height / 2)).toBeLessThan(NETWORK_BOX.height);
    }
  });

  it('keeps what belongs together nearer than what does not', () => {
    const { nodes, edges } = stars(8, 10);
    const { places } = layOutNetwork(nodes, edges);
    const distance = (a: string, b: string) =>
      Math.hypot(places.get(a)!.x - places.get(b)!.x, places.get(a)!.y - places.get(b)!.y);
    const accounts = nodes.filter((node) => node.id.startsWith('a'));
    const mean = (sum: number) => sum / accounts.length;
    const own = mean(
      accounts.reduce((sum, node) => sum + distance(node.id, `v${node.id.slice(1).split('-')[0]}`), 0),
    );
    const other = mean(
      accounts.reduce(
        (sum, node) => sum + distance(node.id, `v${(Number(node.id.slice(1).split('-')[0]) + 3) % 8}`),
        0,
      ),
    );
    expect(own).toBeLessThan(other / 2);
  });

  it('keeps to the places of an earlier picture, and finds room for what is new', () => {
    const before = stars(12, 9);
    const { places, anchors } = layOutNetwork(before.nodes, before.edges);
    expect(layOutNetwork(before.nodes, before.edges, { kept: anchors }).places).toEqual(places);
    const grown = {
      nodes: [...before.nodes.filter(({ id }) => id !== 'a3-0'), { id: 'new', radius: 16 }],
      edges: [
        ...before.edges.filter(({ source }) => source !== 'a3-0'),
        { source: 'new', target: 'v5', weight: 1 },
      ],
    };
    const after = layOutNetwork(grown.nodes, grown.edges, { kept: anchors }).places;
    const moved = [...after].flatMap(([id, { x, y }]) => {
      const was = places.get(id);
      return was ? [Math.hypot(x - was.x, y - was.y)] : [];
    });
    moved.sort((a, b) => a - b);
    expect(moved.at(Math.floor(moved.length * 0.9))).toBeLessThan(4);
    expect(closest(grown.nodes, after)).toBeGreaterThan(0);
  });

  it('places any graph at finite places without overlap', () => {
    const graph = fc.record({
      nodes: fc.uniqueArray(
        fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), radius: fc.constantFrom(3, 7, 19) }),
        {
          selector: (node) => node.id,
          maxLength: 60,
        },
      ),
      pairs: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 120 }),
    });
    fc.assert(
      fc.property(graph, ({ nodes, pairs }) => {
        const edges = pairs.flatMap(([a, b]) => {
          const source = nodes[a % Math.max(nodes.length, 1)];
          const target = nodes[b % Math.max(nodes.length, 1)];
          return source && target && source !== target
            ? [{ source: source.id, target: target.id, weight: 1 }]
            : [];
        });
        const { places } = layOutNetwork(nodes, edges);
        expect(places.size).toBe(nodes.length);
        for (const { x, y } of places.values()) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
        if (nodes.length > 1) expect(closest(nodes, places)).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });
});
