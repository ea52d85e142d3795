'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { useKeys } from '@/components/ui/use-keys';
import type { AuditFilter, AuditLine, AuditPage } from '@/lib/audit/filter-schema';
import { auditHref } from './audit-query';
import { AuditTable } from './audit-table';
import { buildItems, heightOf } from './build-items';
import { MOST_ROWS, useAuditRows, useFold, useNewer } from './use-audit-rows';

/** Shorter lists are drawn whole, so that the browser's own search finds every line. */
const DRAWN_WHOLE = 140;
const HEAD = 28;

/** The entries: as many as somebody scrolls to, only those in view drawn. */
export function AuditList({
  page,
  filter,
  opened,
  dim,
  empty,
  onFind,
  onRefresh,
}: {
  page: AuditPage;
  filter: AuditFilter;
  opened: number | null;
  dim: boolean;
  empty: ReactNode;
  onFind: () => void;
  onRefresh: () => void;
}) {
  const { rows, next, full, loading, problem, loadMore } = useAuditRows(filter, page);
  const newer = useNewer(filter, page.rows[0]?.id ?? 0);
  const [at, setAt] = useState(opened === null ? null : `line ${opened}`);
  const [openId, setOpenId] = useState(opened);
  const [foldId, setFoldId] = useState<number | null>(null);
  const opening = useFold(filter, foldId);
  const items = useMemo(() => buildItems(rows, openId, opening.fold), [rows, openId, opening.fold]);
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 20,
    scrollPaddingStart: HEAD + 8,
    scrollPaddingEnd: 8,
  });
  const whole = items.length <= DRAWN_WHOLE;

  const toggle = (row: AuditLine, batch: boolean) => {
    setAt(`${batch ? 'batch' : 'line'} ${row.id}`);
    if (row.fold !== null && !batch) return setFoldId(foldId === row.id ? null : row.id);
    const open = openId === row.id ? null : row.id;
    setOpenId(open);
    // The address of an opened entry can be sent to somebody.
    const here = auditHref(filter);
    const query = open === null ? '' : `${here.includes('?') ? '&' : '?'}entry=${open}`;
    window.history.replaceState(null, '', here + query);
  };
  const lines = items.flatMap((item, index) => (item.kind === 'line' ? [{ ...item, index }] : []));
  const step = (by: number) => {
    const here = lines.findIndex((line) => line.key === at);
    const line = lines[Math.min(lines.length - 1, Math.max(0, here + by))];
    if (!line) return;
    setAt(line.key);
    if (!whole) return virtualizer.scrollToIndex(line.index);
    scroller.current?.querySelector(`[data-index="${line.index}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const openAt = () => {
    const line = lines.find((each) => each.key === at);
    if (line) toggle(line.row, line.batch);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: openAt,
    ' ': openAt,
    '/': onFind,
    r: newer > 0 ? onRefresh : undefined,
    Escape: () => (openId !== null ? setOpenId(null) : setFoldId(null)),
  });

  return (
    <section
      className={dim ? 'scroll dim' : 'scroll'}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label="Entries"
      aria-busy={dim}
    >
      {newer > 0 && (
        <p className="au-newer">
          <Button className="low" keys="r" onClick={onRefresh}>
            {newer < 1_000 ? formatOf(newer, 'new entry', 'new entries') : '1,000 new entries or more'}, show
          </Button>
        </p>
      )}
      {filter.cursor !== undefined && (
        <p className="au-newer">
          <Link className="btn low" href={auditHref({ ...filter, cursor: undefined })}>
            {filter.order === 'newest' ? 'To the newest' : 'To the oldest'}
          </Link>
        </p>
      )}
      {rows.length === 0 ? (
        empty
      ) : (
        <AuditTable
          items={items}
          virtualizer={whole ? null : virtualizer}
          at={at}
          openId={openId}
          foldId={foldId}
          onToggle={toggle}
          onMoreBatches={opening.loadMore}
        />
      )}
      {(problem ?? opening.problem) && (
        <p className="au-problem" role="alert">
          {problem ?? opening.problem} <Button onClick={loadMore}>Try again</Button>
        </p>
      )}
      {next !== null && !full && !problem && (
        <LoadMore key={rows.length} box={scroller} loading={loading} onMore={loadMore} />
      )}
      {next !== null && full && (
        <p className="pages">
          <span className="mute">{formatCount(MOST_ROWS)} lines are shown.</span>
          <Link className="btn" href={auditHref({ ...filter, cursor: next })}>
            Go on from here
          </Link>
        </p>
      )}
    </section>
  );
}

/** Asks for the next page a little before its end is in view; the button is for whoever waits. */
function LoadMore({
  box,
  loading,
  onMore,
}: {
  box: React.RefObject<HTMLElement | null>;
  loading: boolean;
  onMore: () => void;
}) {
  const mark = useRef<HTMLParagraphElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    if (!mark.current) return;
    const seen = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && more.current(),
      { root: box.current, rootMargin: '800px' },
    );
    seen.observe(mark.current);
    return () => seen.disconnect();
  }, [box]);
  return (
    <p className="pages" ref={mark}>
      <Button busy={loading} onClick={onMore}>
        {loading ? 'More entries are on their way' : 'More entries'}
      </Button>
    </p>
  );
}
