/** The shortest way between two drawn nodes. Pure. */
import type { NetworkEdge, NetworkGraph } from '@/lib/clusters/schema';

export interface NetworkPath {
  /** From one end to the other. */
  nodes: string[];
  edges: string[];
}

/**
 * Fewest steps by breadth first; of ways equally short the one whose edges stand for most accounts at each step. Null
 * when nothing that is drawn joins them.
 */
export function findPath(graph: Pick<NetworkGraph, 'edges'>, from: string, to: string): NetworkPath | null {
  const next = new Map<string, { node: string; edge: NetworkEdge }[]>();
  const join = (a: string, b: string, edge: NetworkEdge) => {
    const list = next.get(a);
    if (list) list.push({ node: b, edge });
    else next.set(a, [{ node: b, edge }]);
  };
  for (const edge of graph.edges) {
    join(edge.source, edge.target, edge);
    join(edge.target, edge.source, edge);
  }
  for (const list of next.values())
    list.sort((a, b) => b.edge.accounts - a.edge.accounts || (a.node < b.node ? -1 : 1));
  const cameBy = new Map<string, { node: string; edge: string } | null>([[from, null]]);
  const queue = [from];
  for (let at = 0; at < queue.length && !cameBy.has(to); at++) {
    const here = queue[at]!;
    for (const { node, edge } of next.get(here) ?? []) {
      if (cameBy.has(node)) continue;
      cameBy.set(node, { node: here, edge: edge.id });
      queue.push(node);
    }
  }
  if (!cameBy.has(to)) return null;
  const path: NetworkPath = { nodes: [to], edges: [] };
  for (let step = cameBy.get(to); step; step = cameBy.get(step.node)) {
    path.nodes.unshift(step.node);
    path.edges.unshift(step.edge);
  }
  return path;
}
