import { KindIcon, kindShort } from '@/components/clusters/kind-icon';
import { formatCount } from '@/components/ui/format';
import type { NetworkGraph } from '@/lib/clusters/schema';
import { ACCOUNTS } from './read-network';

/** One chip a kind: it shows and hides. Kinds that have nothing to draw say so. */
export function NetworkLegend({
  graph,
  hidden,
  onToggle,
}: {
  graph: NetworkGraph;
  hidden: ReadonlySet<string>;
  onToggle: (kind: string) => void;
}) {
  const chip = (kind: string, count: string, title: string, off: boolean) => {
    const name = kindShort(kind);
    return (
      <button
        key={kind}
        type="button"
        className={off ? 'facet off' : 'facet on'}
        aria-pressed={!off}
        title={title}
        onClick={() => onToggle(kind)}
      >
        <KindIcon kind={kind} />
        {name === 'ip' ? 'IP' : name.charAt(0).toUpperCase() + name.slice(1)}
        <span className="mute">{count}</span>
      </button>
    );
  };
  return (
    <fieldset className="net-keys" aria-label="Kinds shown">
      {chip(
        ACCOUNTS,
        formatCount(graph.shown),
        `${formatCount(graph.shown)} accounts drawn one by one`,
        hidden.has(ACCOUNTS),
      )}
      {graph.kinds
        .filter(({ drawn }) => drawn > 0)
        .map(({ kind, drawn, total }) =>
          chip(
            kind,
            drawn < total ? `${formatCount(drawn)} of ${formatCount(total)}` : formatCount(drawn),
            drawn < total ? `The ${drawn} that most members share are drawn` : 'All are drawn',
            hidden.has(kind),
          ),
        )}
      {graph.kinds
        .filter(({ drawn }) => drawn === 0)
        .map(({ kind, total }) => (
          <span
            key={kind}
            className="facet off undrawn"
            title={
              total > 0
                ? 'Ties nothing closer together than what is drawn; see the evidence'
                : 'Has no single values to draw; see the evidence'
            }
          >
            <KindIcon kind={kind} />
            {kindShort(kind)}, not drawn
          </span>
        ))}
    </fieldset>
  );
}
