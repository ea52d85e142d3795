'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState, useTransition } from 'react';
import { PageHeader } from '@/components/shell/page-header';
import { formatCount } from '@/components/ui/format';
import { Tabs } from '@/components/ui/tabs';
import { useKeys } from '@/components/ui/use-keys';
import { AUDIT_VIEWS, type AuditFilter, type AuditPage } from '@/lib/audit/schema';
import { AuditFilters } from './audit-filters';
import { auditHref } from './audit-query';
import { AuditTable } from './audit-table';
import './audit.css';

const VIEW_LABELS: Record<(typeof AUDIT_VIEWS)[number], string> = {
  all: 'All',
  decisions: 'Decisions',
  enforcement: 'Enforcement',
  access: 'Access',
  refused: 'Refused',
};

/** Who did what, when, to what, and what came of it. */
export function AuditView({
  page,
  filter,
  opened,
}: {
  page: AuditPage;
  filter: AuditFilter;
  opened: number | null;
}) {
  const router = useRouter();
  const [waiting, startTransition] = useTransition();
  const [open, setOpen] = useState(opened);
  const [at, setAt] = useState(opened);
  const search = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLElement>(null);

  // A narrower list starts at its newest entry again.
  const change = useCallback(
    (part: Partial<AuditFilter>) =>
      startTransition(() => router.push(auditHref({ ...filter, before: undefined, ...part }))),
    [router, filter],
  );
  const step = (by: number) => {
    const index = page.rows.findIndex((row) => row.id === at);
    const next = page.rows[Math.min(page.rows.length - 1, Math.max(0, index + by))];
    if (!next) return;
    setAt(next.id);
    scroller.current?.querySelector(`[data-row="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const toggle = (id: number) => {
    setAt(id);
    setOpen((before) => (before === id ? null : id));
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => at !== null && toggle(at),
    ' ': () => at !== null && toggle(at),
    '/': () => search.current?.focus(),
    Escape: () => setOpen(null),
  });

  return (
    <>
      <PageHeader
        fit
        title="Audit"
        tabs={
          <Tabs
            label="Views"
            items={AUDIT_VIEWS.map((view) => ({
              label: VIEW_LABELS[view],
              href: auditHref({ ...filter, view, before: undefined }),
              count: view === 'refused' ? formatCount(page.refused) : undefined,
              current: filter.view === view,
            }))}
          />
        }
      />
      <AuditFilters filter={filter} page={page} onChange={change} searchRef={search} />
      <section
        className={waiting ? 'scroll dim' : 'scroll'}
        ref={scroller}
        // Another page of entries starts at its top.
        key={filter.before ?? 'newest'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label="Entries"
        aria-busy={waiting}
      >
        {page.rows.length > 0 ? (
          <AuditTable rows={page.rows} at={at} open={open} onToggle={toggle} />
        ) : (
          <Empty filter={filter} />
        )}
        {(page.next !== null || filter.before !== undefined) && (
          <p className="pages">
            {filter.before !== undefined && (
              <Link className="btn" href={auditHref({ ...filter, before: undefined })}>
                Newest
              </Link>
            )}
            {page.next !== null && (
              <Link className="btn" href={auditHref({ ...filter, before: page.next })}>
                Older
              </Link>
            )}
          </p>
        )}
      </section>
    </>
  );
}

function Empty({ filter }: { filter: AuditFilter }) {
  const narrowed = auditHref({ ...filter, before: undefined }) !== '/audit';
  return (
    <div className="none">
      <p className="strong">{narrowed ? 'No entry matches.' : 'Nothing has been written yet.'}</p>
      {narrowed ? (
        <p>
          <Link className="link" href="/audit">
            Take all filters off
          </Link>
        </p>
      ) : (
        <p>Signing in, bringing records in, detection and every decision each write an entry here.</p>
      )}
    </div>
  );
}
