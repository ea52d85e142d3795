/**
 * Communities by Leiden (Traag, Waltman, van Eck 2019, "From Louvain to Leiden") for modularity with
 * resolution γ, on typed arrays. Louvain leaves communities badly connected or even in pieces; the
 * refinement step and a last split into components make sure that every community here is connected.
 */
import type { WeightedGraph } from './link-graph';
import { aggregate, modularity, renumber, splitDisconnected, strengths } from './partition';
import { seededRandom, shuffle } from './random';

export type LeidenOptions = { seed: number; resolution: number; iterations: number };

/** How freely refinement picks among good merges (the paper's θ, relative to the mean strength of nodes). */
const THETA = 0.01;
const NO_GAIN = 1e-12;
/** Modularity that an iteration must gain for another to follow. */
const WORTH_ANOTHER = 1e-4;

/**
 * Community of each node, numbered 0.. in the order of their first node. The same graph and seed give the
 * same answer. Every iteration starts from the last one's result; it stops when that gains nothing to speak of.
 */
export function leiden(graph: WeightedGraph, { seed, resolution, iterations }: LeidenOptions): Int32Array {
  const random = seededRandom(seed);
  let communities: Int32Array = upTo(graph.nodes);
  const degrees = strengths(graph);
  if (degrees.every((k) => k === 0)) return communities;
  let quality = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < iterations; i++) {
    const next = iterate(graph, degrees, communities, resolution, random);
    communities = next.communities;
    if (next.quality - quality < WORTH_ANOTHER) break;
    quality = next.quality;
  }
  return splitDisconnected(graph, communities);
}

/** 0, 1, ... n − 1; a callback for each would cost more than some passes over the nodes. */
function upTo(n: number): Int32Array {
  const numbers = new Int32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}

/** One round over the graph, of which `degrees` are the strengths; and the modularity that it comes to. */
function iterate(
  graph: WeightedGraph,
  degrees: Float64Array,
  start: Int32Array,
  gamma: number,
  random: () => number,
): { communities: Int32Array; quality: number } {
  const nodeOf = upTo(graph.nodes);
  let level = graph;
  let strength = degrees;
  let partition = renumber(start).labels;
  let total = 0;
  for (const k of degrees) total += k;
  for (;;) {
    moveNodes(level, strength, partition, total, gamma, random);
    const coarse = renumber(partition);
    partition = coarse.labels;
    if (coarse.count === level.nodes) break;
    const refined = renumber(refine(level, strength, partition, total, gamma, random));
    // when refinement could merge nothing, go on with the unrefined partition or this would never end
    const { labels, count } = refined.count === level.nodes ? coarse : refined;
    const above = new Int32Array(count);
    for (let n = 0; n < level.nodes; n++) above[labels[n]!] = partition[n]!;
    for (let n = 0; n < nodeOf.length; n++) nodeOf[n] = labels[nodeOf[n]!]!;
    level = aggregate(level, labels, count);
    strength = strengths(level);
    partition = above;
  }
  // the modularity of the last level's partition is the whole graph's, at a fraction of the edges
  const quality = modularity(level, partition, gamma);
  const communities = new Int32Array(nodeOf.length);
  for (let n = 0; n < nodeOf.length; n++) communities[n] = partition[nodeOf[n]!]!;
  return { communities: renumber(communities).labels, quality };
}

/** Local moving with a queue: a node is looked at again only when a neighbour has left its community. */
function moveNodes(
  { nodes, offsets, targets, weights }: WeightedGraph,
  strength: Float64Array,
  partition: Int32Array,
  total: number,
  gamma: number,
  random: () => number,
): void {
  const load = new Float64Array(nodes);
  const size = new Int32Array(nodes);
  for (let n = 0; n < nodes; n++) {
    load[partition[n]!]! += strength[n]!;
    size[partition[n]!]!++;
  }
  const empty: number[] = [];
  for (let c = nodes - 1; c >= 0; c--) if (size[c] === 0) empty.push(c);
  const queue = upTo(nodes);
  shuffle(queue, random);
  const queued = new Uint8Array(nodes).fill(1);
  let head = 0;
  let waiting = nodes;
  const toward = new Float64Array(nodes);
  const touched = new Int32Array(nodes);
  while (waiting > 0) {
    const node = queue[head]!;
    head = head + 1 === nodes ? 0 : head + 1;
    waiting--;
    queued[node] = 0;
    const old = partition[node]!;
    let near = 0;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const community = partition[targets[i]!]!;
      if (toward[community] === 0) touched[near++] = community;
      toward[community]! += weights[i]!;
    }
    const share = (gamma * strength[node]!) / total;
    let best = old;
    let bestGain = toward[old]! - share * (load[old]! - strength[node]!);
    for (let i = 0; i < near; i++) {
      const community = touched[i]!;
      const gain = community === old ? bestGain : toward[community]! - share * load[community]!;
      if (gain > bestGain + NO_GAIN) {
        best = community;
        bestGain = gain;
      }
    }
    if (bestGain < -NO_GAIN && size[old]! > 1) best = empty.pop()!;
    for (let i = 0; i < near; i++) toward[touched[i]!] = 0;
    if (best === old) continue;
    partition[node] = best;
    load[old]! -= strength[node]!;
    load[best]! += strength[node]!;
    size[best]!++;
    if (--size[old]! === 0) empty.push(old);
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      if (queued[other] || partition[other] === best) continue;
      queued[other] = 1;
      const tail = head + waiting;
      queue[tail >= nodes ? tail - nodes : tail] = other;
      waiting++;
    }
  }
}

/** Inside each community, merges single nodes into well-connected parts, picked at random by gain. */
function refine(
  { nodes, offsets, targets, weights }: WeightedGraph,
  strength: Float64Array,
  partition: Int32Array,
  total: number,
  gamma: number,
  random: () => number,
): Int32Array {
  const part = upTo(nodes);
  const whole = new Float64Array(nodes);
  const inside = new Float64Array(nodes);
  for (let n = 0; n < nodes; n++) {
    whole[partition[n]!]! += strength[n]!;
    for (let i = offsets[n]!; i < offsets[n + 1]!; i++) {
      if (partition[targets[i]!] === partition[n]) inside[n]! += weights[i]!;
    }
  }
  // of each part: its weight, its edges to the rest of its community, and whether it is one node still
  const load = strength.slice();
  const cut = inside.slice();
  const single = new Uint8Array(nodes).fill(1);
  const theta = (THETA * total) / nodes;
  const share = gamma / total;
  const order = upTo(nodes);
  shuffle(order, random);
  const toward = new Float64Array(nodes);
  const touched = new Int32Array(nodes);
  const gains = new Float64Array(nodes);
  for (const node of order) {
    const community = partition[node]!;
    const around = whole[community]!;
    const own = strength[node]!;
    if (!single[node] || part[node] !== node || inside[node]! < share * own * (around - own) - NO_GAIN)
      continue;
    let near = 0;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      if (partition[other] !== community) continue;
      if (toward[part[other]!] === 0) touched[near++] = part[other]!;
      toward[part[other]!]! += weights[i]!;
    }
    let best = NO_GAIN;
    for (let i = 0; i < near; i++) {
      const candidate = touched[i]!;
      const weight = load[candidate]!;
      const gain = toward[candidate]! - share * own * weight;
      const wellConnected = cut[candidate]! >= share * weight * (around - weight) - NO_GAIN;
      gains[i] = gain > NO_GAIN && wellConnected ? gain : 0;
      if (gains[i]! > best) best = gains[i]!;
    }
    let sum = 0;
    for (let i = 0; i < near; i++) if (gains[i]! > 0) sum += Math.exp((gains[i]! - best) / theta);
    if (sum > 0) {
      let left = random() * sum;
      let chosen = -1;
      for (let i = 0; i < near && left >= 0; i++) {
        if (gains[i]! <= 0) continue;
        chosen = touched[i]!;
        left -= Math.exp((gains[i]! - best) / theta);
      }
      part[node] = chosen;
      single[chosen] = 0;
      single[node] = 0;
      load[chosen]! += own;
      cut[chosen]! += inside[node]! - 2 * toward[chosen]!;
    }
    for (let i = 0; i < near; i++) toward[touched[i]!] = 0;
  }
  return part;
}
