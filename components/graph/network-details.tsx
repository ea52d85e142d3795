import Link from 'next/link';
import type { ReactNode } from 'react';
import { KindIcon, kindLabel } from '@/components/clusters/kind-icon';
import { Button } from '@/components/ui/button';
import { formatCount, formatExpected, formatOf, formatPercent } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { NetworkGraph, NetworkNode } from '@/lib/clusters/schema';
import {
  type AccountNode,
  type GroupNode,
  type Neighbour,
  neighboursOf,
  type ValueNode,
} from './read-network';

const NEIGHBOURS = 9;
const STRONGEST = 12;

/** What is known of the chosen node, beside the canvas and never over it. */
export function NetworkDetails({
  graph,
  node,
  focused,
  busy,
  onFocus,
  onExpand,
  onSelect,
}: {
  graph: NetworkGraph;
  node: NetworkNode | null;
  focused: boolean;
  busy: boolean;
  onFocus: () => void;
  /** Draws a group account by account; null folds it again. */
  onExpand: (group: string | null) => void;
  onSelect: (id: string) => void;
}) {
  if (!node) {
    return (
      <div className="net-side">
        <p className="soft small">
          Choose a shape or a group to see what it is and what it touches. A ring with a number is a group of
          accounts that are held by the same things; lines are as thick as the share of the group that holds
          them.
        </p>
        <Strongest graph={graph} onSelect={onSelect} />
        {graph.expanded && <Fold onExpand={onExpand} busy={busy} />}
      </div>
    );
  }
  const neighbours = neighboursOf(graph, node.id);
  return (
    <div className="net-side" aria-live="polite">
      {node.type === 'value' && <ValueFacts node={node} members={graph.members} />}
      {node.type === 'account' && <AccountFacts node={node} />}
      {node.type === 'group' && <GroupFacts node={node} />}
      <NeighbourList neighbours={neighbours} of={node} onSelect={onSelect} />
      <div className="net-acts">
        {node.type === 'group' && node.expandable && (
          <Button busy={busy} onClick={() => onExpand(node.id)}>
            Expand
          </Button>
        )}
        {graph.expanded && <Fold onExpand={onExpand} busy={busy} />}
        <Button aria-pressed={focused} keys="N" disabled={neighbours.length === 0} onClick={onFocus}>
          {focused ? 'Show all' : 'Focus'}
        </Button>
      </div>
    </div>
  );
}

/** Where to begin: the values that tell most, by members and by how far these are above chance. */
function Strongest({ graph, onSelect }: { graph: NetworkGraph; onSelect: (id: string) => void }) {
  const weight = ({ members, expected }: ValueNode) => members * Math.log(members / Math.max(expected, 0.01));
  const strongest = graph.nodes
    .filter((node) => node.type === 'value')
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
    .slice(0, STRONGEST);
  if (strongest.length === 0) return null;
  return (
    <>
      <p className="label net-label">Strongest values, members</p>
      <ul className="net-near">
        {strongest.map((node) => (
          <li key={node.id}>
            <button type="button" className="link" onClick={() => onSelect(node.id)}>
              <KindIcon kind={node.kind} />
              <RawText className="mono">{node.value}</RawText>
            </button>
            <span className="push soft small">{formatCount(node.members)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Fold({ onExpand, busy }: { onExpand: (group: null) => void; busy: boolean }) {
  return (
    <Button busy={busy} onClick={() => onExpand(null)}>
      Fold again
    </Button>
  );
}

function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <dl className="kv">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ValueFacts({ node, members }: { node: ValueNode; members: number }) {
  return (
    <>
      <h3 className="net-head">
        <KindIcon kind={node.kind} />
        {kindLabel(node.kind)}
      </h3>
      <p className="net-value">
        <bdi>{node.value}</bdi>
      </p>
      <Facts
        rows={[
          ['Members', `${formatCount(node.members)} of ${formatCount(members)}`],
          ['Population', formatCount(node.population)],
          ['Expected', formatExpected(node.expected)],
        ]}
      />
    </>
  );
}

function AccountFacts({ node }: { node: AccountNode }) {
  return (
    <>
      <h3 className="net-head">
        <KindIcon kind="account" />
        <Link className="link mono clip" href={`/accounts/${encodeURIComponent(node.accountId)}`}>
          <RawText>{node.accountId}</RawText>
        </Link>
      </h3>
      {node.name && (
        <p className="soft clip">
          <RawText>{node.name}</RawText>
        </p>
      )}
      <Facts
        rows={[
          ['Role', node.role],
          ['Strength', node.strength.toFixed(2)],
        ]}
      />
    </>
  );
}

function GroupFacts({ node }: { node: GroupNode }) {
  return (
    <>
      <h3 className="net-head">{formatOf(node.accounts, 'account')}, folded</h3>
      <p className="soft small">
        {node.unlinked
          ? 'Held by values that are not drawn here. The accounts below list them.'
          : 'Most closely held by the same value or values.'}
      </p>
      <Facts
        rows={[
          ['Core', formatCount(node.core)],
          ['Members', formatCount(node.accounts - node.core - node.weak)],
          ['Weak', formatCount(node.weak)],
        ]}
      />
    </>
  );
}

function NeighbourList({
  neighbours,
  of,
  onSelect,
}: {
  neighbours: Neighbour[];
  of: NetworkNode;
  onSelect: (id: string) => void;
}) {
  if (neighbours.length === 0) return null;
  const singles = neighbours.filter(({ node }) => node.type === 'account');
  const others = neighbours.filter(({ node }) => node.type !== 'account');
  return (
    <>
      <p className="label net-label">Neighbours drawn</p>
      <ul className="net-near">
        {others.slice(0, NEIGHBOURS).map(({ node, edge }) => (
          <li key={node.id}>
            <button type="button" className="link" onClick={() => onSelect(node.id)}>
              {node.type === 'value' ? (
                <>
                  <KindIcon kind={node.kind} />
                  <RawText className="mono">{node.value}</RawText>
                </>
              ) : node.type === 'group' ? (
                `${formatOf(node.accounts, 'account')}, folded`
              ) : null}
            </button>
            {of.type === 'group' && (
              <span className="push mute small">{formatPercent(edge.accounts / of.accounts)}</span>
            )}
            {of.type === 'value' && node.type === 'group' && edge.accounts < node.accounts && (
              <span className="push mute small">{formatCount(edge.accounts)} of them</span>
            )}
          </li>
        ))}
        {others.length > NEIGHBOURS && <li className="mute small">and {others.length - NEIGHBOURS} more</li>}
        {singles.length > 0 && (
          <li>
            <b>{formatCount(singles.length)}</b>&nbsp;
            <span className="mute">single {singles.length === 1 ? 'account' : 'accounts'}</span>
          </li>
        )}
      </ul>
    </>
  );
}
