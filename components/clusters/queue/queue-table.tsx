'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import type { CLUSTER_SORTS } from '@/lib/clusters/fixed-sets';
import type { ClusterFilter } from '@/lib/clusters/queue-filter';
import type { ClusterRow } from '@/lib/clusters/schema';
import { type Density, ROW_HEIGHT } from './density';
import { QueueRow, Tick } from './queue-row';

type Sort = (typeof CLUSTER_SORTS)[number];

const HEAD = 28;
/** Shorter lists are drawn whole, so that the browser's own search finds every row. */
const DRAWN_WHOLE = 100;

/** The table; `atIndex` is the row under the keyboard and is kept in view. */
export function QueueTable({
  rows,
  atIndex,
  selected,
  onSelect,
  onExtend,
  onSelectAll,
  onPoint,
  filter,
  onSort,
  personId,
  density,
  dim,
  empty,
}: {
  rows: ClusterRow[];
  atIndex: number;
  selected: ReadonlySet<number>;
  /** Undefined when the reader's role can do nothing with a selection. */
  onSelect?: (id: number) => void;
  /** Ticks all from the row ticked last to this one. */
  onExtend: (id: number) => void;
  onSelectAll: () => void;
  onPoint: (id: number) => void;
  filter: ClusterFilter;
  onSort: (sort: Sort) => void;
  personId: number;
  density: Density;
  dim: boolean;
  /** Shown under the head when there are no rows. */
  empty: ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = ROW_HEIGHT[density];
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 16,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    enabled: rows.length > DRAWN_WHOLE,
  });
  useEffect(() => {
    if (rowHeight) virtualizer.measure();
  }, [virtualizer, rowHeight]);
  const whole = rows.length <= DRAWN_WHOLE;
  const items = virtualizer.getVirtualItems();
  const from = whole ? 0 : (items[0]?.index ?? 0);
  const to = whole ? rows.length : (items.at(-1)?.index ?? Math.min(rows.length, 40) - 1) + 1;

  useEffect(() => {
    const box = scroller.current;
    if (!box || atIndex < 0) return;
    const top = atIndex * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight + HEAD > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight + HEAD - box.clientHeight;
  }, [atIndex, rowHeight]);

  const head = { filter, onSort };
  return (
    <section
      className={dim ? 'scroll dim' : 'scroll'}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label="Clusters"
    >
      <table
        className={['grid qt', onSelect && 'ticks', density === 'compact' ? 'rows-28 compact' : 'rows-40']
          .filter(Boolean)
          .join(' ')}
        aria-rowcount={rows.length + 1}
        aria-busy={dim}
      >
        <thead>
          <tr>
            {onSelect && (
              <th scope="col" className="c-tick">
                <Tick
                  state={selected.size === 0 ? 'off' : selected.size >= rows.length ? 'on' : 'part'}
                  label="Select all"
                  onToggle={onSelectAll}
                />
              </th>
            )}
            <SortHead {...head} sort="score" className="c-score">
              Score
            </SortHead>
            <th scope="col" className="q" title="Up: coordination. Right: extraction.">
              Axes
            </th>
            <th scope="col" className="c-name">
              Cluster
            </th>
            <SortHead {...head} sort="accounts" className="num c-acc">
              Accounts
            </SortHead>
            <SortHead {...head} sort="exchanges" className="num c-ex">
              Exchanges
            </SortHead>
            <th scope="col">Strongest evidence</th>
            <th scope="col" className="c-sp">
              30 days
            </th>
            <th scope="col" className="c-state">
              State
            </th>
            <th scope="col" className="c-as">
              Who
            </th>
            <SortHead {...head} sort="age" className="num c-age">
              Age
            </SortHead>
          </tr>
        </thead>
        <tbody>
          <Gap height={from * rowHeight} />
          {rows.slice(from, to).map((row, index) => (
            <QueueRow
              key={row.id}
              row={row}
              at={from + index === atIndex}
              selected={selected.has(row.id)}
              onSelect={onSelect}
              onExtend={onExtend}
              onPoint={onPoint}
              personId={personId}
              compact={density === 'compact'}
            />
          ))}
          <Gap height={(rows.length - to) * rowHeight} />
        </tbody>
      </table>
      {rows.length === 0 && empty}
    </section>
  );
}

/** The place of the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr className="gap">
      <td style={{ height }} />
    </tr>
  );
}

function SortHead({
  sort,
  filter,
  onSort,
  className,
  children,
}: {
  sort: Sort;
  filter: ClusterFilter;
  onSort: (sort: Sort) => void;
  className: string;
  children: string;
}) {
  const sorted = filter.sort === sort;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={sorted ? (filter.dir === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button type="button" onClick={() => onSort(sort)}>
        {children}
        {sorted && <span aria-hidden="true">{filter.dir === 'asc' ? ' ↑' : ' ↓'}</span>}
      </button>
    </th>
  );
}
