'use client';

import { RadioTower, UserCheck } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useCallback, useRef, useTransition } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { PageHeader } from '@/components/shell/page-header';
import { Tabs } from '@/components/ui/tabs';
import {
  AUDIT_VIEWS,
  type AuditCounts,
  type AuditFilter,
  type AuditPage,
  type AuditView as View,
} from '@/lib/audit/filter-schema';
import { AuditFilters, totalWords } from './audit-filters';
import { AuditList } from './audit-list';
import { auditHref, auditParams } from './audit-query';
import { ExportMenu } from './export-menu';
import './audit.css';

const VIEW_LABELS: Record<View, string> = {
  all: 'All',
  decisions: 'Decisions',
  enforcement: 'Enforcement',
  reads: 'Reads',
  access: 'Access',
  refused: 'Refused',
};

/** Who did what, when, to what, and what came of it. */
export function AuditView({
  page,
  counts,
  filter,
  opened,
  rail,
}: {
  page: AuditPage;
  counts: AuditCounts;
  filter: AuditFilter;
  opened: number | null;
  /** What stands beside the list. */
  rail?: ReactNode;
}) {
  const router = useRouter();
  const { may } = useDesk();
  const [waiting, startTransition] = useTransition();
  const search = useRef<HTMLInputElement>(null);
  // A narrower list starts at its beginning again.
  const change = useCallback(
    (part: Partial<AuditFilter>) =>
      startTransition(() => router.push(auditHref({ ...filter, cursor: undefined, ...part }))),
    [router, filter],
  );
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
              href: auditHref({ ...filter, view, cursor: undefined }),
              count: view === 'refused' ? totalWords(counts.refused) : undefined,
              current: filter.view === view,
            }))}
          />
        }
      >
        <Link className="btn" href="/settings#stream">
          <RadioTower className="i" aria-hidden="true" />
          Stream
        </Link>
        {may('audit.export') && (
          <Link className="btn" href="/audit/access">
            <UserCheck className="i" aria-hidden="true" />
            Access review
          </Link>
        )}
      </PageHeader>
      <AuditFilters filter={filter} counts={counts} onChange={change} searchRef={search}>
        <ExportMenu filter={filter} />
      </AuditFilters>
      <div className="au-split">
        <AuditList
          // Another list starts at its top, with nothing opened.
          key={`${auditParams(filter)} ${page.rows[0]?.id}`}
          page={page}
          filter={filter}
          opened={opened}
          dim={waiting}
          onFind={() => search.current?.focus()}
          onRefresh={() => startTransition(() => router.refresh())}
          empty={<Empty filter={filter} />}
        />
        {rail}
      </div>
    </>
  );
}

function Empty({ filter }: { filter: AuditFilter }) {
  const narrowed = auditHref({ ...filter, cursor: undefined, order: 'newest' }) !== '/audit';
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
