'use client';

import { useRouter } from 'next/navigation';
import { useDeferredValue, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { later } from '@/components/ui/later';
import { toast } from '@/components/ui/toast';
import { useKeys } from '@/components/ui/use-keys';
import type { CLUSTER_SORTS } from '@/lib/clusters/fixed-sets';
import { QUEUE_ROWS } from '@/lib/clusters/queue-filter';
import type { SavedView } from '@/lib/clusters/queue-schema';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterRow } from '@/lib/clusters/schema';
import type { Verdict } from '../decide-dialog';
import { refusalOf } from '../refusal-of';
import { BulkBar } from './bulk-bar';
import type { ProposeActions } from './bulk-propose';
import { type Density, keepDensity } from './density';
import { EmptyDesk, EmptyQueue, FailedQueue } from './empty-queue';
import { exportTicked } from './export-ticked';
import { FilterBar } from './filter-bar';
import { Preview } from './preview';
import { QueueHeader } from './queue-header';
import { QueueTable } from './queue-table';
import { useBulk } from './use-bulk';
import { type QueueActions, useClaims } from './use-claims';
import { useFilter } from './use-filter';
import { type InitialQueue, useQueue } from './use-queue';
import { useSelection } from './use-selection';
import type { ViewActions } from './views-menu';
import './queue.css';

const DecideDialog = later(() => import('../decide-dialog').then((loaded) => loaded.DecideDialog));
const BulkDialogs = later(() => import('./bulk-dialogs').then((loaded) => loaded.BulkDialogs));

const NO_ROWS: ClusterRow[] = [];

/** Clusters in the order they should be judged: list, preview, keys. */
export function Queue({
  initial,
  actions,
  views,
  density: firstDensity,
  hasRecords,
  hasRun,
}: {
  initial: InitialQueue;
  actions: QueueActions & ViewActions & ProposeActions;
  views: SavedView[];
  /** What the reader chose last. */
  density: Density;
  /** Whether anything ever came in, and detection ever ran: for the empty desk's words. */
  hasRecords: boolean;
  hasRun: boolean;
}) {
  const router = useRouter();
  const { person, may } = useDesk();
  const state = useFilter();
  const queue = useQueue(state.query, initial);
  const failed = queue.waiting ? queue.error : null;
  const rows = failed ? NO_ROWS : queue.page.rows;
  const { total } = queue.page;
  const selection = useSelection(rows);
  const claims = useClaims(actions, queue.renew);
  const [deciding, setDeciding] = useState<{ verdict: Verdict; id: number } | null>(null);
  const [density, setDensity] = useState(firstDensity);
  const search = useRef<HTMLInputElement>(null);

  const atIndex = useRowAt(rows, state.at, state.query);
  const row = rows[atIndex];
  // The preview follows when the keys rest: a row a key costs a row, not a preview.
  const previewed = useDeferredValue(row);
  const decided = deciding && rows.find((each) => each.id === deciding.id);

  const bulk = useBulk(selection, row, claims);
  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, atIndex + by))];
    // Drawn before the next key is read, so that quick keys each move one row.
    if (next) flushSync(() => state.moveTo(next.id));
  };
  const decide = (verdict: Verdict, cluster = row) => {
    if (!cluster) return;
    const reason = refusalOf(verdict, cluster, person);
    if (reason) toast.error(`${cluster.name}: ${reason}`);
    else setDeciding({ verdict, id: cluster.id });
  };
  const close = () => {
    if (selection.rows.length > 0) selection.clear();
    else if (state.preview) state.setPreview(false);
    else return false;
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => row && router.push(`/clusters/${row.id}`),
    ' ': () => state.setPreview(!state.preview),
    x: () => row && may('cluster.claim') && selection.toggle(row.id),
    X: () => row && may('cluster.claim') && selection.extend(row.id),
    c: () => void bulk.claim(),
    d: () => (selection.rows.length > 0 ? bulk.ask('dismiss') : decide('dismiss')),
    p: () => bulk.ask('propose'),
    f: () => decide('confirm'),
    r: queue.apply,
    '/': () => search.current?.focus(),
    Escape: close,
  });

  const { filter, change, preview, setPreview } = state;
  const sort = (by: (typeof CLUSTER_SORTS)[number]) =>
    change({ sort: by, dir: filter.sort === by && filter.dir === 'desc' ? 'asc' : 'desc' });
  const empty = failed ? (
    <FailedQueue error={failed} onRetry={() => void queue.renew()} />
  ) : queue.waiting ? null : state.query === '' && total === 0 ? (
    <EmptyDesk hasRecords={hasRecords} hasRun={hasRun} />
  ) : (
    <EmptyQueue state={state} page={queue.page} />
  );

  return (
    <>
      <QueueHeader
        state={state}
        page={queue.page}
        views={views}
        actions={actions}
        density={density}
        onDensity={(chosen) => {
          setDensity(chosen);
          keepDensity(chosen);
        }}
      />
      <FilterBar
        filter={filter}
        change={change}
        ignored={state.ignored}
        clean={state.clean}
        queue={queue}
        searchRef={search}
      />
      <div className={row && preview ? 'split' : 'split whole'}>
        <div className="list">
          <QueueTable
            rows={rows}
            atIndex={atIndex}
            selected={selection.ids}
            onSelect={may('cluster.claim') ? selection.toggle : undefined}
            onExtend={selection.extend}
            onSelectAll={selection.toggleAll}
            onPoint={state.moveTo}
            filter={filter}
            onSort={sort}
            personId={person.id}
            density={density}
            dim={queue.waiting && !failed}
            empty={empty}
          />
          {!failed && total > rows.length && rows.length > 0 && (
            <p className="cut small soft">
              The first {formatCount(rows.length)} of {formatCount(total)}.{' '}
              {rows.length < QUEUE_ROWS.most ? (
                <Button variant="ghost" className="low" onClick={queue.more}>
                  Show {formatCount(Math.min(QUEUE_ROWS.first, total - rows.length))} more
                </Button>
              ) : (
                'Filter to see the others; an export holds them all.'
              )}
            </p>
          )}
          {selection.rows.length > 0 && (
            <BulkBar
              rows={selection.rows}
              busy={claims.busy}
              onClaim={() => void bulk.claim()}
              onDismiss={() => bulk.ask('dismiss')}
              onPropose={() => bulk.ask('propose')}
              onExport={(format) => exportTicked(format, state.query, selection.rows)}
              onClear={selection.clear}
            />
          )}
        </div>
        {row && previewed && preview && (
          <Preview
            row={previewed}
            busy={claims.busy}
            selecting={selection.rows.length > 0}
            onClose={() => setPreview(false)}
            onClaim={() => void claims.claim(previewed)}
            onRelease={() => void claims.release(previewed)}
            onDecide={(verdict) => decide(verdict, previewed)}
          />
        )}
      </div>
      <p className="vh" aria-live="polite">
        {row && `${row.name}, ${clusterRef(row.id)}, ${atIndex + 1} of ${formatCount(total)}`}
      </p>
      {deciding && decided && (
        <DecideDialog
          cluster={decided}
          verdict={deciding.verdict}
          decide={actions.decide}
          undo={actions.undo}
          onClose={() => setDeciding(null)}
          onDone={() => void queue.renew()}
        />
      )}
      <BulkDialogs bulk={bulk} actions={actions} onChanged={() => void queue.renew()} />
    </>
  );
}

/** Where the keyboard is. When its row leaves the list it stays at the same height, with the row that came up. */
function useRowAt(rows: ClusterRow[], at: number | undefined, query: string): number {
  const [held, setHeld] = useState({ query, index: 0 });
  const found = rows.findIndex((row) => row.id === at);
  if (found >= 0 && (found !== held.index || held.query !== query)) setHeld({ query, index: found });
  if (rows.length === 0) return -1;
  if (found >= 0) return found;
  return held.query === query ? Math.min(held.index, rows.length - 1) : 0;
}
