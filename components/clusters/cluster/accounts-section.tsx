'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { ReadError } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { later } from '@/components/ui/later';
import { toast } from '@/components/ui/toast';
import type { MemberFilter } from '@/lib/clusters/member-filter';
import type { ClusterDetail, MemberRow } from '@/lib/clusters/schema';
import { kindLabel } from '../kind-icon';
import { AccountBulk } from './account-bulk';
import { AccountFilters } from './account-filters';
import { AccountHead } from './account-head';
import { AccountRow } from './account-row';
import { AccountSearch } from './account-search';
import type { ClusterPageActions } from './cluster-actions';
import { proposalRefusal } from './proposal-refusal';
import { useMemberQuery } from './use-member-query';
import { useMemberSelection } from './use-member-selection';
import { type MemberQuery, useMembers } from './use-members';

const CompareDialog = later(() => import('./compare-dialog').then((loaded) => loaded.CompareDialog));
const ProposeDialog = later(() => import('./propose-dialog').then((loaded) => loaded.ProposeDialog));
const WhyIn = later(() => import('./why-in').then((loaded) => loaded.WhyIn));

const ROW = 32;
const HEAD = 28;
const MOST_HEIGHT = 16 * ROW + HEAD;
/** Rows at first, before anything is known. */
const WAITING = [0, 1, 2, 3, 4, 5];
const ROLES: { role: MemberFilter['role']; label: string }[] = [
  { role: undefined, label: 'All' },
  { role: 'core', label: 'Core' },
  { role: 'member', label: 'Member' },
  { role: 'weak', label: 'Weak' },
];

/** All accounts of a cluster, up to tens of thousands: only what is in view is drawn and asked for. */
export function AccountsSection({
  cluster,
  actions,
}: {
  cluster: ClusterDetail;
  actions: Pick<ClusterPageActions, 'preview' | 'propose'>;
}) {
  const clusterId = cluster.id;
  const { person } = useDesk();
  const selection = useMemberSelection(clusterId);
  const { selected } = selection;
  /** The accounts that an action is asked for. */
  const [proposing, setProposing] = useState<string[] | null>(null);
  const [comparing, setComparing] = useState(false);
  const [explaining, setExplaining] = useState<MemberRow | null>(null);
  const [query, change] = useMemberQuery();
  const box = useRef<HTMLElement>(null);
  const [range, setRange] = useState({ from: 0, to: 40 });
  const { total, plans, row, error, stale, refetch } = useMembers(clusterId, query, range.from, range.to);
  const rows = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: HEAD,
    onChange: ({ range: seen }) => {
      // Pages are asked for by steps of 20 rows, so that scrolling does not draw everything anew at each pixel.
      if (!seen) return;
      const next = {
        from: Math.max(0, Math.floor(seen.startIndex / 20) * 20 - 20),
        to: Math.ceil(seen.endIndex / 20) * 20 + 20,
      };
      setRange((old) => (old.from === next.from && old.to === next.to ? old : next));
    },
  });
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const { sort: _sort, dir: _dir, ...narrowing } = query;
  const filtered = Object.values(narrowing).some((value) => value !== undefined);
  const clear = () =>
    change(
      Object.fromEntries(Object.keys(narrowing).map((name) => [name, undefined])) as Partial<MemberQuery>,
    );
  const changeAndTop = (part: Partial<MemberQuery>) => {
    change(part);
    box.current?.scrollTo({ top: 0 });
  };
  const excluding = async () => {
    const others = await selection.others();
    if (others?.length === 0) toast.error('Nobody is left: all accounts that may be acted on are selected.');
    else if (others) setProposing(others);
  };

  return (
    <section className="sec" id="accounts" aria-labelledby="accounts-title">
      <header>
        <h2 id="accounts-title">Accounts</h2>
        {total !== null && (
          <span className="small mute" aria-live="polite">
            {filtered ? `${formatCount(total)} match` : formatOf(total, 'account')}
          </span>
        )}
        {query.without && (
          <Button
            variant="ghost"
            className="short"
            onClick={() => changeAndTop({ without: undefined })}
            title="Show all accounts again"
          >
            would leave without {kindLabel(query.without).toLowerCase()}
            <X className="i" aria-hidden="true" />
          </Button>
        )}
        <span className="push" />
        <AccountSearch value={query.q ?? ''} onChange={(q) => changeAndTop({ q: q || undefined })} />
        <fieldset className="seg" aria-label="Role in the cluster">
          {ROLES.map(({ role, label }) => (
            <button
              key={label}
              type="button"
              aria-pressed={query.role === role}
              onClick={() => changeAndTop({ role })}
            >
              {label}
            </button>
          ))}
        </fieldset>
      </header>
      <AccountFilters query={query} plans={plans} change={changeAndTop} />
      {error && (
        <div className="cl-failed" role="alert">
          <p>
            {error.message}{' '}
            {error instanceof ReadError && error.errorId && <span className="mute">({error.errorId})</span>}
          </p>
          <Button onClick={refetch}>Try again</Button>
        </div>
      )}
      <section
        ref={box}
        className="cl-accounts"
        style={{ maxHeight: MOST_HEIGHT }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard
        tabIndex={0}
        aria-label="Scrolling list"
        data-stale={stale || undefined}
      >
        <table className="grid rows-32" aria-rowcount={total ?? -1}>
          <AccountHead
            query={query}
            total={total ?? 0}
            busy={selection.busy}
            onSelectAll={() => void selection.selectAll(query)}
            onSort={(sort, dir) => changeAndTop({ sort, dir })}
          />
          <tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {items.map((item) => (
              <AccountRow
                key={item.key}
                index={item.index}
                row={row(item.index)}
                selected={selected.has(row(item.index)?.accountId ?? '')}
                onSelect={selection.toggle}
                onExplain={setExplaining}
              />
            ))}
            {after > 0 && <tr style={{ height: after }} />}
            {total === null &&
              !error &&
              WAITING.map((i) => (
                <AccountRow
                  key={i}
                  index={i}
                  row={undefined}
                  selected={false}
                  onSelect={selection.toggle}
                  onExplain={setExplaining}
                />
              ))}
          </tbody>
        </table>
        {total === 0 && (
          <div className="cl-none">
            <p>
              {filtered
                ? 'No account of this cluster matches.'
                : 'This cluster has no accounts any more: they moved to other clusters in the latest run. See its lineage.'}
            </p>
            {filtered && <Button onClick={clear}>Show all</Button>}
          </div>
        )}
      </section>
      {selected.size > 0 && (
        <AccountBulk
          members={[...selected.values()]}
          refusal={proposalRefusal(cluster, person)}
          busy={selection.busy}
          onCompare={() => setComparing(true)}
          onExclude={() => void excluding()}
          onPropose={() => setProposing([...selected.keys()])}
          onClear={selection.clear}
        />
      )}
      {explaining && <WhyIn cluster={cluster} member={explaining} onClose={() => setExplaining(null)} />}
      {proposing && (
        <ProposeDialog
          cluster={cluster}
          accountIds={proposing}
          actions={actions}
          onClose={() => setProposing(null)}
        />
      )}
      {comparing && (
        <CompareDialog
          clusterId={clusterId}
          accountIds={[...selected.keys()]}
          onClose={() => setComparing(false)}
        />
      )}
    </section>
  );
}
