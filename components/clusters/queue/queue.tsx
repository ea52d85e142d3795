'use client';

import { useRouter } from 'next/navigation';
import { useDeferredValue, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { toast } from 'sonner';
import { useDesk } from '@/components/shell/desk-context';
import { PageHeader } from '@/components/shell/page-header';
import { formatCount } from '@/components/ui/format';
import { Tabs } from '@/components/ui/tabs';
import { useKeys } from '@/components/ui/use-keys';
import { clusterRef } from '@/lib/clusters/rules';
import type { CLUSTER_SORTS, ClusterRow } from '@/lib/clusters/schema';
import { DecideDialog, type Verdict } from '../decide-dialog';
import { refusalOf } from '../refusal-of';
import { BulkBar } from './bulk-bar';
import { EmptyDesk, EmptyQueue, FailedQueue } from './empty-queue';
import { FilterBar } from './filter-bar';
import { filterQuery, isView, QUEUE_VIEWS } from './filter-query';
import { Preview } from './preview';
import { QueueTable } from './queue-table';
import { type QueueActions, useClaims } from './use-claims';
import { useFilter } from './use-filter';
import { type InitialQueue, useQueue } from './use-queue';
import { useSelection } from './use-selection';
import './queue.css';

const NO_ROWS: ClusterRow[] = [];

/** Clusters in the order they should be judged: list, preview, keys. */
export function Queue({
  initial,
  actions,
  hasRecords,
  hasRun,
}: {
  initial: InitialQueue;
  actions: QueueActions;
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
  const { counts, total } = queue.page;
  const selection = useSelection(rows);
  const claims = useClaims(actions, queue.renew);
  const [deciding, setDeciding] = useState<{ verdict: Verdict; id: number } | null>(null);
  const search = useRef<HTMLInputElement>(null);

  const found = rows.findIndex((row) => row.id === state.at);
  const atIndex = rows.length === 0 ? -1 : Math.max(0, found);
  const row = rows[atIndex];
  // The preview follows when the keys rest: a row a key costs a row, not a preview.
  const previewed = useDeferredValue(row);
  const decided = deciding && rows.find((each) => each.id === deciding.id);

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
  const claim = () => {
    if (selection.rows.length > 0)
      void claims.claimAll(selection.rows).then((done) => done && selection.clear());
    else if (row) void claims.claim(row);
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
    c: claim,
    d: () => decide('dismiss'),
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
      <PageHeader
        fit
        title="Clusters"
        tabs={
          <Tabs
            label="Views"
            items={[
              ...QUEUE_VIEWS.map((view) => ({
                label: view.label,
                href: hrefOf(view.filter),
                count: formatCount(counts[view.count]),
                current: isView(filter, view.filter),
                onSelect: () => state.choose(view.filter),
              })),
              { label: 'Muted', href: '/clusters/muted', count: formatCount(counts.muted), current: false },
            ]}
          />
        }
      />
      <FilterBar filter={filter} change={change} queue={queue} searchRef={search} />
      <div className={row && preview ? 'split' : 'split whole'}>
        <div className="list">
          <QueueTable
            rows={rows}
            atIndex={atIndex}
            selected={selection.ids}
            onSelect={may('cluster.claim') ? selection.toggle : undefined}
            onSelectAll={selection.toggleAll}
            onPoint={state.moveTo}
            filter={filter}
            onSort={sort}
            personId={person.id}
            dim={queue.waiting && !failed}
            empty={empty}
          />
          {!failed && total > rows.length && (
            <p className="cut small soft">
              The first {formatCount(rows.length)} of {formatCount(total)}. Filter to see the others.
            </p>
          )}
          {selection.rows.length > 0 && (
            <BulkBar rows={selection.rows} busy={claims.busy} onClaim={claim} onClear={selection.clear} />
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
          onClose={() => setDeciding(null)}
          onDone={() => void queue.renew()}
        />
      )}
    </>
  );
}

function hrefOf(view: (typeof QUEUE_VIEWS)[number]['filter']): string {
  const query = filterQuery({ sort: 'score', dir: 'desc', ...view });
  return query ? `/clusters?${query}` : '/clusters';
}
