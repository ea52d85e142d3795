'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Maximize, Minus, Plus, Search, Table2, Waypoints } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { ReadError, readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { useKeys } from '@/components/ui/use-keys';
import type { NetworkGraph } from '@/lib/clusters/schema';
import './graph.css';
import { type CanvasHandle, NetworkCanvas } from './network-canvas';
import { NetworkDetails } from './network-details';
import { NetworkLegend } from './network-legend';
import { NetworkTable } from './network-table';
import { findNodes, neighboursOf, withoutKinds } from './read-network';

/** "Showing 214 of 1,200 accounts, the rest folded into 31 groups". */
function networkWords({ shown, members, groups }: NetworkGraph): string {
  if (shown === members) return `All ${formatOf(members, 'account')} drawn`;
  return `Showing ${formatCount(shown)} of ${formatCount(members)} accounts, the rest folded into ${formatOf(groups, 'group')}`;
}

/** Accounts and what they share. Data flows one way: the server groups and places, this draws and asks for one group. */
export function NetworkSection({ clusterId }: { clusterId: number }) {
  const [expand, setExpand] = useState<string | null>(null);
  const {
    data: graph,
    error,
    isFetching,
    refetch,
  } = useQuery({
    queryKey: ['cluster', clusterId, 'network', expand],
    queryFn: ({ signal }) =>
      readJson<NetworkGraph>(
        `/api/clusters/${clusterId}/network${expand ? `?expand=${encodeURIComponent(expand)}` : ''}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const [words, setWords] = useState('');
  const [asTable, setAsTable] = useState(false);
  const canvas = useRef<CanvasHandle>(null);

  const drawn = useMemo(() => graph && withoutKinds(graph, hidden), [graph, hidden]);
  const node = drawn?.nodes.find((each) => each.id === selected) ?? null;
  const found = useMemo(() => (graph && words.trim() ? findNodes(graph, words) : null), [graph, words]);
  const foundIds = useMemo(() => found && new Set(found.map((each) => each.id)), [found]);
  const lit = useMemo(() => {
    if (foundIds && foundIds.size > 0) return foundIds;
    if (!graph || !node || !focused) return null;
    return new Set([
      node.id,
      ...neighboursOf(graph, node.id).flatMap((each) => [each.node.id, each.edge.id]),
    ]);
  }, [graph, node, focused, foundIds]);

  const select = (id: string | null) => {
    setSelected(id);
    if (id === null) setFocused(false);
  };
  const selectAndShow = (id: string) => {
    setAsTable(false);
    setSelected(id);
    canvas.current?.show(id);
  };
  const open = (id: string) => {
    const target = graph?.nodes.find((each) => each.id === id);
    if (target?.type === 'group' && target.expandable) setExpand(id);
  };
  const toggle = (kind: string) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    setHidden(next);
  };
  useKeys({
    n: node ? () => setFocused(!focused) : undefined,
    Escape:
      node || words ? () => (words ? setWords('') : focused ? setFocused(false) : select(null)) : undefined,
  });

  return (
    <section className="sec" id="network" aria-labelledby="network-title">
      <header>
        <h2 id="network-title">Network</h2>
        {graph && <span className="small soft clip">{networkWords(graph)}</span>}
        <span className="push" />
        <label className="field net-find">
          <Search className="i i-s" aria-hidden="true" />
          <span className="vh">Find in network</span>
          <input
            type="search"
            value={words}
            placeholder="Find in network"
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && found?.[0]) selectAndShow(found[0].id);
              if (event.key === 'Escape') setWords('');
            }}
          />
          {found && <span className="mute small">{found.length}</span>}
        </label>
        <Button
          variant="ghost"
          icon
          className="short"
          aria-pressed={asTable}
          aria-label={asTable ? 'Show as graph' : 'Show as table'}
          title={asTable ? 'Show as graph' : 'Show as table'}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? (
            <Waypoints className="i" aria-hidden="true" />
          ) : (
            <Table2 className="i" aria-hidden="true" />
          )}
        </Button>
      </header>
      {graph && drawn ? (
        <>
          <NetworkLegend graph={graph} hidden={hidden} onToggle={toggle} />
          {error && <Problem error={error} onRetry={refetch} />}
          {asTable ? (
            <NetworkTable graph={graph} hidden={hidden} found={foundIds} onSelect={selectAndShow} />
          ) : (
            <div className="net">
              <div className="net-canvas">
                <NetworkCanvas
                  ref={canvas}
                  {...drawn}
                  selected={node?.id ?? null}
                  focus={lit}
                  onSelect={select}
                  onOpen={open}
                  label={`Network of accounts and what they share: ${networkWords(graph)}. Arrow keys walk it; the table view holds the same.`}
                />
                <div className="net-zoom">
                  <Button
                    icon
                    aria-label="Zoom in"
                    title="Zoom in (+)"
                    onClick={() => canvas.current?.zoom(1.3)}
                  >
                    <Plus className="i" aria-hidden="true" />
                  </Button>
                  <Button
                    icon
                    aria-label="Zoom out"
                    title="Zoom out (-)"
                    onClick={() => canvas.current?.zoom(1 / 1.3)}
                  >
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
              </div>
              <NetworkDetails
                graph={graph}
                node={node}
                focused={focused}
                busy={isFetching}
                onFocus={() => setFocused(!focused)}
                onExpand={(group) => {
                  setExpand(group);
                  if (group === null) setSelected(expand);
                }}
                onSelect={selectAndShow}
              />
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
