import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leiden } from './leiden';
import { fromEdges, type WeightedGraph } from './link-graph';
import { modularity } from './partition';
import { seededRandom } from './random';

const options = { seed: 1, resolution: 1, iterations: 10 };

const randomGraph = fc
  .integer({ min: 1, max: 60 })
  .chain((nodes) =>
    fc.tuple(
      fc.constant(nodes),
      fc.array(
        fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.double({ min: 0.01, max: 5, noNaN: true })),
        {
          maxLength: 200,
        },
      ),
    ),
  )
  .map(([nodes, edges]) => graphOf(nodes, edges));

type Edge = readonly [from: number, to: number, weight: number];

function graphOf(nodes: number, edges: readonly Edge[]): WeightedGraph {
  return fromEdges(
    nodes,
    edges.map(([from]) => from),
    edges.map(([, to]) => to),
    edges.map(([, , weight]) => weight),
  );
}

/** `groups` planted groups of `size`; `inside` and `between` edges a node. */
function planted(groups: number, size: number, inside: number, between: number, seed: number): Edge[] {
  const random = seededRandom(seed);
  const nodes = groups * size;
  const pick = (n: number): number => Math.floor(random() * n);
  return Array.from({ length: nodes }, (_, node) => {
    const home = Math.floor(node / size) * size;
    return [
      ...Array.from({ length: inside }, (): Edge => [node, home + pick(size), 0.5 + random()]),
      ...Array.from({ length: between }, (): Edge => [node, pick(nodes), 0.5 + random()]),
    ];
  }).flat();
}

/** Nodes of each community that a walk inside the community reaches from its first node. */
function everyCommunityIsConnected(graph: WeightedGraph, communities: Int32Array): boolean {
  const reached = new Set<number>();
  const started = new Set<number>();
  for (let start = 0; start < graph.nodes; start++) {
    if (started.has(communities[start]!)) continue;
    started.add(communities[start]!);
    const queue = [start];
    reached.add(start);
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++) {
        const other = graph.targets[i]!;
        if (communities[other] !== communities[node] || reached.has(other)) continue;
        reached.add(other);
        queue.push(other);
      }
    }
  }
  return reached.size === graph.nodes;
}

/** The best partition of a graph of up to eight nodes, by trying all of them. */
function bestModularity(graph: WeightedGraph): number {
  let best = -1;
  const labels = new Int32Array(graph.nodes);
  const assign = (node: number, used: number): void => {
    if (node === graph.nodes) {
      best = Math.max(best, modularity(graph, labels));
      return;
    }
    for (let label = 0; label <= used; label++) {
      labels[node] = label;
      assign(node + 1, Math.max(used, label + 1));
    }
  };
  assign(0, 0);
  return best;
}

describe('leiden()', () => {
  it('returns only connected communities', () => {
    fc.assert(
      fc.property(randomGraph, fc.nat(), (graph, seed) =>
        everyCommunityIsConnected(graph, leiden(graph, { ...options, seed })),
      ),
      { numRuns: 300 },
    );
  });

  it('never does worse than every node for itself or everybody in one', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const found = modularity(graph, leiden(graph, options));
        const alone = modularity(
          graph,
          Int32Array.from({ length: graph.nodes }, (_, i) => i),
        );
        expect(found).toBeGreaterThanOrEqual(Math.max(0, alone) - 1e-9);
      }),
    );
  });

  it('gives the same communities for the same seed', () => {
    const graph = graphOf(400, planted(20, 20, 4, 2, 5));
    expect(leiden(graph, options)).toEqual(leiden(graph, options));
  });

  it('comes within .03 of the best modularity there is on graphs of seven nodes', () => {
    const random = seededRandom(9);
    for (let round = 0; round < 40; round++) {
      const edges = Array.from(
        { length: 11 },
        (): Edge => [Math.floor(random() * 7), Math.floor(random() * 7), 0.5 + random()],
      );
      const graph = graphOf(7, edges);
      expect(modularity(graph, leiden(graph, options))).toBeGreaterThan(bestModularity(graph) - 0.03);
    }
  });

  it('recovers planted groups exactly', () => {
    const graph = graphOf(600, planted(30, 20, 8, 1, 3));
    const communities = leiden(graph, options);
    expect(new Set(communities).size).toBe(30);
    for (let group = 0; group < 30; group++) {
      expect(new Set(communities.subarray(group * 20, group * 20 + 20)).size).toBe(1);
    }
  });

  it('leaves nodes without edges alone', () => {
    expect(leiden(graphOf(3, []), options)).toEqual(Int32Array.from([0, 1, 2]));
    expect(leiden(graphOf(0, []), options)).toEqual(new Int32Array(0));
  });
});

const python = '/usr/bin/python3';
const oracle = spawnSync(python, ['-c', 'import igraph'], { encoding: 'utf8' }).status === 0;
if (!oracle) console.log('python3-igraph is not installed: modularity is not compared with igraph');

describe.skipIf(!oracle)('leiden() beside igraph', () => {
  it.each([
    [50, 20, 3, 3],
    [20, 100, 2, 2],
    [10, 50, 1, 4],
  ])('reaches the modularity of igraph on %i groups of %i', (groups, size, inside, between) => {
    const edges = planted(groups, size, inside, between, 11).filter(([from, to]) => from !== to);
    const graph = graphOf(groups * size, edges);
    const program = `
import igraph, json, random, sys
d = json.load(sys.stdin)
g = igraph.Graph(d['nodes'], [(a, b) for a, b, _ in d['edges']])
w = [w for _, _, w in d['edges']]
random.seed(1)
print(g.modularity(g.community_leiden('modularity', weights=w, n_iterations=10).membership, weights=w))`;
    const { stdout } = spawnSync(python, ['-c', program], {
      input: JSON.stringify({ nodes: graph.nodes, edges }),
      encoding: 'utf8',
    });
    const theirs = Number.parseFloat(stdout);
    expect(theirs).toBeGreaterThan(0.1);
    expect(modularity(graph, leiden(graph, options))).toBeGreaterThan(theirs - 0.01);
  });
});
