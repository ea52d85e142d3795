/** Questions to a network: who is next to whom, what a filter leaves, what a word finds. Pure. */
import type { NetworkEdge, NetworkGraph, NetworkNode } from '@/lib/clusters/schema';

export type ValueNode = Extract<NetworkNode, { type: 'value' }>;
export type AccountNode = Extract<NetworkNode, { type: 'account' }>;
export type GroupNode = Extract<NetworkNode, { type: 'group' }>;

/** What the legend switches: a kind of value, or `account` for accounts drawn one by one. */
export const ACCOUNTS = 'account';

export interface Neighbour {
  node: NetworkNode;
  edge: NetworkEdge;
}

/** The nodes next to one, most accounts first. */
export function neighboursOf(graph: NetworkGraph, id: string): Neighbour[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  return graph.edges
    .flatMap((edge) => {
      const other = edge.source === id ? edge.target : edge.target === id ? edge.source : null;
      const node = other === null ? undefined : byId.get(other);
      return node ? [{ node, edge }] : [];
    })
    .sort((a, b) => b.edge.accounts - a.edge.accounts || (a.node.id < b.node.id ? -1 : 1));
}

/** What the legend leaves: nodes whose kind is not hidden, and edges between them. */
export function withoutKinds(
  graph: NetworkGraph,
  hidden: ReadonlySet<string>,
): { nodes: NetworkNode[]; edges: NetworkEdge[] } {
  const nodes = graph.nodes.filter((node) => {
    if (node.type === 'value') return !hidden.has(node.kind);
    return node.type === 'group' || !hidden.has(ACCOUNTS);
  });
  const ids = new Set(nodes.map((node) => node.id));
  return { nodes, edges: graph.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)) };
}

/** Nodes whose value, account or name holds the words, whatever the case; the fullest match first. */
export function findNodes(graph: NetworkGraph, words: string): NetworkNode[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  return graph.nodes
    .filter((node) => nodeText(node).toLowerCase().includes(wanted))
    .sort((a, b) => nodeText(a).length - nodeText(b).length || (a.id < b.id ? -1 : 1));
}

/** What a node is called. */
export function nodeText(node: NetworkNode): string {
  switch (node.type) {
    case 'value':
      return node.value;
    case 'account':
      return node.name ? `${node.accountId} ${node.name}` : node.accountId;
    case 'group':
      return node.unlinked
        ? `${node.accounts} accounts, held by nothing that is drawn`
        : `${node.accounts} accounts, folded`;
  }
}

/** The nearest node from one towards a side, for the arrow keys; null at the border. */
export function nearestTowards(
  nodes: readonly NetworkNode[],
  from: { x: number; y: number },
  dx: number,
  dy: number,
): NetworkNode | null {
  let best: NetworkNode | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
    const aside = Math.abs((node.x - from.x) * dy - (node.y - from.y) * dx);
    if (along < 1 || aside > along * 2) continue;
    const distance = along + aside * 2;
    if (distance < least) {
      least = distance;
      best = node;
    }
  }
  return best;
}
