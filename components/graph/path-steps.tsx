import { KindIcon } from '@/components/clusters/kind-icon';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { nodeText } from './read-network';
import type { Network } from './use-network';

/** The way between two nodes in words, step by step, with the accounts that each step stands for. */
export function PathSteps({ network, onSelect }: { network: Network; onSelect: (id: string) => void }) {
  const { graph, path } = network;
  if (!graph || !path) return null;
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  return (
    <>
      <p className="label net-label">{formatOf(path.edges.length, 'step')} between them</p>
      <ol className="net-near">
        {path.nodes.map((id, i) => {
          const node = byId.get(id);
          const edge = edges.get(path.edges[i] ?? '');
          if (!node) return null;
          return (
            <li key={id}>
              <button type="button" className="link" onClick={() => onSelect(id)}>
                <KindIcon kind={node.type === 'value' ? node.kind : 'account'} />
                <RawText className="mono">{nodeText(node)}</RawText>
              </button>
              {edge && <span className="push mute small">by {formatCount(edge.accounts)}</span>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
