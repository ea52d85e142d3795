import { KindIcon, kindLabel } from '@/components/clusters/kind-icon';
import { formatCount, formatExpected, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { NetworkGraph } from '@/lib/clusters/schema';
import { neighboursOf } from './read-network';

/** The same graph in rows: every value with who holds it, then every group with what holds it. */
export function NetworkTable({
  graph,
  hidden,
  found,
  onSelect,
}: {
  graph: NetworkGraph;
  hidden: ReadonlySet<string>;
  /** Ids that the search leaves, or null. */
  found: ReadonlySet<string> | null;
  onSelect: (id: string) => void;
}) {
  const shown = graph.nodes.filter((node) => found === null || found.has(node.id));
  const values = shown
    .filter((node) => node.type === 'value')
    .filter((node) => !hidden.has(node.kind))
    .sort((a, b) => b.members - a.members || (a.id < b.id ? -1 : 1));
  const groups = shown.filter((node) => node.type === 'group').sort((a, b) => b.accounts - a.accounts);
  const nameOf = (id: string): string =>
    neighboursOf(graph, id)
      .slice(0, 4)
      .map(({ node, edge }) => (node.type === 'value' ? `${node.value} (${formatCount(edge.accounts)})` : ''))
      .join(', ');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard
    <section className="net-table" tabIndex={0} aria-label="Values and groups">
      <table className="grid rows-28">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Value</th>
            <th scope="col" className="num">
              Members
            </th>
            <th scope="col" className="num">
              Population
            </th>
            <th scope="col" className="num">
              Expected
            </th>
            <th scope="col">Drawn next to it</th>
          </tr>
        </thead>
        <tbody>
          {values.map((node) => {
            const near = neighboursOf(graph, node.id);
            const grouped = near.filter((each) => each.node.type === 'group').length;
            return (
              <tr key={node.id}>
                <td>
                  <span className="kind">
                    <KindIcon kind={node.kind} />
                    {kindLabel(node.kind)}
                  </span>
                </td>
                <td className="net-cell">
                  <button type="button" className="link" onClick={() => onSelect(node.id)}>
                    <RawText className="mono">{node.value}</RawText>
                  </button>
                </td>
                <td className="num">
                  <b>{formatCount(node.members)}</b>
                </td>
                <td className="num soft">{formatCount(node.population)}</td>
                <td className="num soft">{formatExpected(node.expected)}</td>
                <td className="soft">
                  {formatOf(grouped, 'group')}, {formatOf(near.length - grouped, 'account')}
                </td>
              </tr>
            );
          })}
          {groups.map((node) => (
            <tr key={node.id}>
              <td>Group</td>
              <td>
                <button type="button" className="link" onClick={() => onSelect(node.id)}>
                  {formatOf(node.accounts, 'account')}, folded
                </button>
              </td>
              <td className="num">
                <b>{formatCount(node.accounts)}</b>
              </td>
              <td className="num soft">–</td>
              <td className="num soft">–</td>
              <td className="net-cell soft">
                <RawText>{nameOf(node.id) || 'nothing that is drawn'}</RawText>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {values.length + groups.length === 0 && (
        <p className="net-note">Nothing here matches. Clear the search or show more kinds.</p>
      )}
    </section>
  );
}
