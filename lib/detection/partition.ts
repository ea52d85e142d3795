/** What Leiden does to graphs and partitions besides moving nodes. A partition is the community of each node. */
import type { WeightedGraph } from './link-graph';

/** Weighted degree of each node; a loop counts twice. */
export function strengths({ nodes, offsets, weights, loops }: WeightedGraph): Float64Array {
  const strength = new Float64Array(nodes);
  for (let n = 0; n < nodes; n++) {
    let sum = 2 * loops[n]!;
    for (let i = offsets[n]!; i < offsets[n + 1]!; i++) sum += weights[i]!;
    strength[n] = sum;
  }
  return strength;
}

/** The graph whose nodes are the `count` labels; edges inside a label become its loop. */
export function aggregate(graph: WeightedGraph, labels: Int32Array, count: number): WeightedGraph {
  const loops = new Float64Array(count);
  const start = new Int32Array(count + 1);
  for (const label of labels) start[label + 1]!++;
  for (let c = 0; c < count; c++) start[c + 1]! += start[c]!;
  const next = start.slice();
  const members = new Int32Array(graph.nodes);
  for (let n = 0; n < graph.nodes; n++) members[next[labels[n]!]!++] = n;

  const offsets = new Int32Array(count + 1);
  const targets = new Int32Array(graph.targets.length);
  const weights = new Float64Array(graph.targets.length);
  const toward = new Float64Array(count);
  let end = 0;
  for (let c = 0; c < count; c++) {
    const from = end;
    for (let m = start[c]!; m < start[c + 1]!; m++) {
      const node = members[m]!;
      loops[c]! += graph.loops[node]!;
      for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++) {
        const other = labels[graph.targets[i]!]!;
        if (other === c) {
          loops[c]! += graph.weights[i]! / 2;
          continue;
        }
        if (toward[other] === 0) targets[end++] = other;
        toward[other]! += graph.weights[i]!;
      }
    }
    for (let i = from; i < end; i++) {
      weights[i] = toward[targets[i]!]!;
      toward[targets[i]!] = 0;
    }
    offsets[c + 1] = end;
  }
  return { nodes: count, offsets, targets: targets.slice(0, end), weights: weights.slice(0, end), loops };
}

/** Labels 0..count-1 in the order of first appearance. */
export function renumber(labels: Int32Array): { labels: Int32Array; count: number } {
  const seen = new Int32Array(labels.length).fill(-1);
  let count = 0;
  const out = new Int32Array(labels.length);
  for (let n = 0; n < labels.length; n++) {
    const label = labels[n]!;
    if (seen[label] === -1) seen[label] = count++;
    out[n] = seen[label]!;
  }
  return { labels: out, count };
}

/** Gives every connected part of a community its own number; this never lowers modularity. */
export function splitDisconnected(graph: WeightedGraph, communities: Int32Array): Int32Array {
  const labels = new Int32Array(graph.nodes).fill(-1);
  const stack = new Int32Array(graph.nodes);
  let count = 0;
  for (let start = 0; start < graph.nodes; start++) {
    if (labels[start] !== -1) continue;
    labels[start] = count;
    stack[0] = start;
    let depth = 1;
    while (depth > 0) {
      const node = stack[--depth]!;
      for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++) {
        const other = graph.targets[i]!;
        if (labels[other] !== -1 || communities[other] !== communities[node]) continue;
        labels[other] = count;
        stack[depth++] = other;
      }
    }
    count++;
  }
  return labels;
}

/** Modularity Q = Σ_c [in_c/2m − γ(K_c/2m)²] of a partition, in [-1/2, 1). Newman 2004. */
export function modularity(graph: WeightedGraph, communities: Int32Array, resolution = 1): number {
  const strength = strengths(graph);
  const total = strength.reduce((sum, k) => sum + k, 0);
  if (total === 0) return 0;
  const load = new Float64Array(graph.nodes);
  let inside = 0;
  for (let n = 0; n < graph.nodes; n++) {
    load[communities[n]!]! += strength[n]!;
    inside += 2 * graph.loops[n]!;
    for (let i = graph.offsets[n]!; i < graph.offsets[n + 1]!; i++) {
      if (communities[graph.targets[i]!] === communities[n]) inside += graph.weights[i]!;
    }
  }
  return inside / total - resolution * load.reduce((sum, k) => sum + (k / total) ** 2, 0);
}
