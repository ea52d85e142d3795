import { describe, expect, it } from 'vitest';
import { buildNetwork } from './build-network';
import type { NetworkInput } from './group-network';
import { labelArea, labelText } from './place-labels';

const input = (accounts: number): NetworkInput => ({
  values: Array.from({ length: 30 }, (_, i) => ({
    id: `${i}`,
    kind: i < 10 ? 'payment' : 'template',
    value: `value number ${i}`,
    population: 20 + i,
    expected: 0.1,
  })),
  members: Array.from({ length: accounts }, (_, i) => ({
    accountId: `acct_${i}`,
    name: null,
    role: 'core',
    strength: 0.9,
    values: [i % 10, 10 + ((i * 3) % 20)],
  })),
});

describe('buildNetwork()', () => {
  it('counts every member as shown or folded, and says what is not drawn', () => {
    const { graph } = buildNetwork(
      input(3000),
      new Map([
        ['payment', 214],
        ['time_bins', 96],
      ]),
    );
    const folded = graph.nodes.reduce((sum, node) => sum + (node.type === 'group' ? node.accounts : 0), 0);
    expect(graph.shown + folded).toBe(3000);
    expect(graph.folded).toBe(folded);
    expect(graph.kinds).toContainEqual({ kind: 'payment', drawn: 10, total: 214 });
    expect(graph.kinds).toContainEqual({ kind: 'time_bins', drawn: 0, total: 96 });
  });

  it('draws edges between drawn nodes only', () => {
    const { graph } = buildNetwork(input(400), new Map());
    const ids = new Set(graph.nodes.map((node) => node.id));
    expect(graph.edges.every((edge) => ids.has(edge.source) && ids.has(edge.target))).toBe(true);
  });

  it('labels at most a dozen values, and no label touches a node or another label', () => {
    const { graph } = buildNetwork(input(900), new Map());
    const labels = graph.nodes.flatMap((node) =>
      node.type === 'value' && node.label
        ? [{ node, area: labelArea({ ...node, text: node.value, strength: 0 }, node.label.side) }]
        : [],
    );
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.length).toBeLessThanOrEqual(12);
    for (const { node, area } of labels)
      for (const other of graph.nodes) {
        if (other === node) continue;
        const dx = Math.max(area.left - other.x, 0, other.x - area.right);
        const dy = Math.max(area.top - other.y, 0, other.y - area.bottom);
        expect(Math.hypot(dx, dy)).toBeGreaterThanOrEqual(other.radius);
      }
  });

  it('moves the rest of the picture hardly at all when a group is expanded', () => {
    const { graph: before } = buildNetwork(input(3000), new Map());
    const group = before.nodes.find((node) => node.type === 'group');
    const { graph: after } = buildNetwork(input(3000), new Map(), { expand: group!.id });
    expect(after.expanded).toBe(group!.id);
    expect(after.shown + after.folded).toBe(3000);
    const places = new Map(after.nodes.map((node) => [node.id, node]));
    const moved = before.nodes.flatMap((node) => {
      const now = places.get(node.id);
      return now ? [Math.hypot(now.x - node.x, now.y - node.y)] : [];
    });
    expect(moved.filter((distance) => distance > 40).length).toBeLessThan(moved.length / 4);
  });
});

describe('labelText()', () => {
  it('cuts a hostile value to one short line without control characters', () => {
    expect(labelText('a\u202Eb\nc\u0000'.repeat(9))).toHaveLength(18);
    expect(labelText('a\u202Eb\nc')).toBe('a b c');
  });
});
