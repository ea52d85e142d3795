'use client';

import { Maximize, Minus, Plus } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { ReadError } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount, formatMoment, formatOf } from '@/components/ui/format';
import { toast } from '@/components/ui/toast';
import { useKeys } from '@/components/ui/use-keys';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterDetail, NetworkGraph } from '@/lib/clusters/schema';
import './graph.css';
import { type CanvasHandle, NetworkCanvas } from './network-canvas';
import { NetworkDetails } from './network-details';
import { NetworkLegend } from './network-legend';
import { NetworkTable } from './network-table';
import { NetworkTools } from './network-tools';
import { type NetworkActions, PickedPanel } from './picked-panel';
import { saveNetworkPicture } from './save-network-picture';
import { useNetwork } from './use-network';

/** "Showing 214 of 1,200 accounts, the rest folded into 31 groups". */
function networkWords({ shown, members, groups }: NetworkGraph): string {
  if (shown === members) return `All ${formatOf(members, 'account')} drawn`;
  return `Showing ${formatCount(shown)} of ${formatCount(members)} accounts, the rest folded into ${formatOf(groups, 'group')}`;
}

/** Accounts and what they share: the drawing, its legend, what is known of the chosen, and a table of the same. */
export function NetworkSection({ cluster, actions }: { cluster: ClusterDetail; actions: NetworkActions }) {
  const network = useNetwork(cluster.id);
  const { graph, drawn, view, node, change, error, refetch } = network;
  const { simulated } = useDesk();
  const [asTable, setAsTable] = useState(false);
  const [lasso, setLasso] = useState(false);
  const canvas = useRef<CanvasHandle>(null);

  const selectAndShow = (id: string) => {
    setAsTable(false);
    network.select(id);
    canvas.current?.show(id);
  };
  const exportAs = async (format: 'png' | 'svg') => {
    if (!graph || !drawn) return;
    const caption = [
      `${cluster.name}, ${clusterRef(cluster.id)}. ${networkWords(graph)}${view.hidden.length > 0 ? `; hidden: ${view.hidden.join(', ')}` : ''}.`,
      `${simulated ? 'Simulated data. ' : ''}Weir, ${formatMoment(new Date().toISOString())}`,
    ];
    const name = `${clusterRef(cluster.id)}-network`;
    await saveNetworkPicture(drawn, network.lit, { caption, name, format }).catch(() =>
      toast.error('The picture could not be made. Nothing was saved; try SVG.'),
    );
  };
  const twoPicked = view.picked.length === 2;
  useKeys({
    n: node ? () => change({ focused: !view.focused }) : undefined,
    z: network.undo ?? undefined,
    l: graph && !asTable ? () => setLasso(!lasso) : undefined,
    b: twoPicked ? () => change({ path: !view.path }) : undefined,
    Escape: lasso ? () => setLasso(false) : (network.escape ?? undefined),
  });

  return (
    <section className="sec" id="network" aria-labelledby="network-title">
      <header>
        <h2 id="network-title">Network</h2>
        {graph && <span className="small soft clip">{networkWords(graph)}</span>}
        <span className="push" />
        {graph && (
          <NetworkTools
            network={network}
            lasso={lasso}
            asTable={asTable}
            onLasso={() => setLasso(!lasso)}
            onTable={() => setAsTable(!asTable)}
            onFound={selectAndShow}
            onExport={(format) => void exportAs(format)}
          />
        )}
      </header>
      {graph && drawn ? (
        <>
          <NetworkLegend graph={graph} hidden={network.hidden} onToggle={network.toggleKind} />
          {error && <Problem error={error} onRetry={refetch} />}
          {graph.nodes.length === 0 ? (
            <p className="net-note net-wait">
              No account of this cluster shares a single value with another, so there is nothing to draw. What
              holds it together is in the evidence.
            </p>
          ) : asTable ? (
            <NetworkTable
              graph={graph}
              hidden={network.hidden}
              found={network.found && new Set(network.found.map((each) => each.id))}
              onSelect={selectAndShow}
            />
          ) : (
            <div className="net">
              <div className="net-canvas">
                <NetworkCanvas
                  ref={canvas}
                  {...drawn}
                  selected={node?.id ?? null}
                  picked={view.picked}
                  focus={network.lit}
                  lasso={lasso}
                  onSelect={network.select}
                  onPick={(ids, by) => {
                    network.pick(ids, by);
                    if (by === 'loop') setLasso(false);
                  }}
                  onOpen={network.open}
                  label={`Network of accounts and what they share: ${networkWords(graph)}. Arrow keys walk it, space picks, Enter expands; the table view holds the same.`}
                />
                <ZoomButtons canvas={canvas} />
              </div>
              {view.picked.length > 0 ? (
                <PickedPanel network={network} cluster={cluster} actions={actions} onSelect={selectAndShow} />
              ) : (
                <NetworkDetails
                  graph={graph}
                  node={node}
                  focused={view.focused}
                  busy={network.isFetching}
                  onFocus={() => change({ focused: !view.focused })}
                  onExpand={(group) => {
                    change({ expand: group });
                    if (group === null) network.select(view.expand);
                  }}
                  onSelect={selectAndShow}
                />
              )}
            </div>
          )}
        </>
      ) : error ? (
        <Problem error={error} onRetry={refetch} />
      ) : (
        <p className="net-note net-wait" aria-busy="true">
          Grouping the accounts by what they share…
        </p>
      )}
    </section>
  );
}

function ZoomButtons({ canvas }: { canvas: RefObject<CanvasHandle | null> }) {
  return (
    <div className="net-zoom">
      <Button icon aria-label="Zoom in" title="Zoom in (+)" onClick={() => canvas.current?.zoom(1.3)}>
        <Plus className="i" aria-hidden="true" />
      </Button>
      <Button icon aria-label="Zoom out" title="Zoom out (-)" onClick={() => canvas.current?.zoom(1 / 1.3)}>
        <Minus className="i" aria-hidden="true" />
      </Button>
      <Button
        icon
        aria-label="Show everything"
        title="Show everything (0)"
        onClick={() => canvas.current?.fit()}
      >
        <Maximize className="i" aria-hidden="true" />
      </Button>
    </div>
  );
}

function Problem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const refused = error instanceof ReadError && error.status === 403;
  return (
    <div className="net-note" role="alert">
      <p>{error.message}</p>
      {error instanceof ReadError && error.errorId && <p className="small mute">Error {error.errorId}</p>}
      {!refused && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
