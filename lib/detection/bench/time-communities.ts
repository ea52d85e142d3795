/** The communities step over DATABASE_URL's graph; leaves the graph's edges for others to try. */
import { writeFileSync } from 'node:fs';
import { loadSnapshot } from '@/lib/clusters/load-snapshot';
import { closeDatabase } from '@/lib/database/client';
import { buildGraph } from '../build-graph';
import { leiden } from '../leiden';
import { linkGraph, type WeightedGraph } from '../link-graph';
import { modularity } from '../partition';
import { createCounter } from '../retention';
import { defaultConfig } from '../schema';
import { suppressPopular } from '../suppress';

export interface CommunitiesResult {
  nodes: number;
  edges: number;
  /** For each number of iterations allowed. */
  rounds: { iterations: number; seconds: number; modularity: number; communities: number }[];
}

/** Iterations that C igraph is asked for too; a run of ours stops earlier. */
const ROUNDS = [2, 10];

const { snapshot } = await loadSnapshot(365);
await closeDatabase();
const evidence = buildGraph(snapshot, defaultConfig);
suppressPopular(evidence, createCounter(evidence), defaultConfig);
const graph = linkGraph(evidence);
const result: CommunitiesResult = {
  nodes: graph.nodes,
  edges: graph.targets.length / 2,
  rounds: ROUNDS.map(timeRounds),
};
writeEdges(process.argv[3]!, graph);
writeFileSync(process.argv[2]!, JSON.stringify(result));

function timeRounds(iterations: number): CommunitiesResult['rounds'][number] {
  const { seed, resolution } = defaultConfig;
  const began = performance.now();
  const communities = leiden(graph, { seed, resolution, iterations });
  return {
    iterations,
    seconds: (performance.now() - began) / 1000,
    modularity: modularity(graph, communities, resolution),
    communities: communities.reduce((most, each) => Math.max(most, each), -1) + 1,
  };
}

/** Nodes, edges, then from and to as int32 and weights as float64, each edge once. */
function writeEdges(file: string, { nodes, offsets, targets, weights }: WeightedGraph): void {
  const count = targets.length / 2;
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const weight = new Float64Array(count);
  let edge = 0;
  for (let node = 0; node < nodes; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      if (targets[i]! < node) continue;
      from[edge] = node;
      to[edge] = targets[i]!;
      weight[edge++] = weights[i]!;
    }
  }
  const head = Int32Array.of(nodes, count);
  writeFileSync(file, Buffer.concat([head, from, to, weight].map((part) => Buffer.from(part.buffer))));
}
