/** Nodes and edges as cytoscape takes them. Pure. */
import type { ElementDefinition } from 'cytoscape';
import { formatCount } from '@/components/ui/format';
import type { NetworkEdge, NetworkNode } from '@/lib/clusters/schema';
import { nodeText } from './read-network';

const NAME_LETTERS = 24;

export function networkElements(
  nodes: readonly NetworkNode[],
  edges: readonly NetworkEdge[],
): ElementDefinition[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return [
    ...nodes.map(nodeElement),
    ...edges.map((edge): ElementDefinition => {
      const source = byId.get(edge.source);
      const share = source?.type === 'group' ? edge.accounts / source.accounts : 0.1;
      return {
        group: 'edges',
        data: { id: edge.id, source: edge.source, target: edge.target, width: 0.75 + share * 2 },
      };
    }),
  ];
}

function nodeElement(node: NetworkNode): ElementDefinition {
  const base = { group: 'nodes' as const, position: { x: node.x, y: node.y } };
  const data = { id: node.id, size: node.radius * 2, title: nodeText(node) };
  switch (node.type) {
    case 'value':
      return {
        ...base,
        data: { ...data, kind: node.kind, label: node.label?.text ?? '', name: shortName(node.value) },
        classes: node.label ? `value label-${node.label.side}` : 'value',
      };
    case 'account':
      return {
        ...base,
        data: { ...data, name: shortName(node.accountId) },
        classes: node.role === 'weak' ? 'account weak' : 'account',
      };
    case 'group':
      return {
        ...base,
        data: { ...data, label: formatCount(node.accounts) },
        classes: node.unlinked ? 'group unlinked' : 'group',
      };
  }
}

/** One line of a name for the close view, without what would turn or break the line. */
function shortName(text: string): string {
  const letters = [...text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()];
  return letters.length > NAME_LETTERS ? `${letters.slice(0, NAME_LETTERS - 1).join('')}…` : letters.join('');
}
