'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { formatCount } from '@/components/ui/format';
import type { DeskStatus } from '@/lib/clusters/overview-schema';
import { DESK_PAGES } from './desk-pages';
import { Mark } from './mark';
import { PersonMenu } from './person-menu';
import { RunStatus } from './run-status';

/** The bar on the left: where to go, how fresh the desk is, who is signed in. */
export function Nav({
  status,
  problem,
  onSearch,
}: {
  status: DeskStatus;
  /** Why the status could not be read anew, or null. */
  problem: string | null;
  onSearch: () => void;
}) {
  const path = usePathname();
  const counts: Record<string, { value: number; due: boolean; words: string } | undefined> = {
    '/clusters': { value: status.counts.clusters, due: false, words: 'not dismissed' },
    '/approvals': { value: status.counts.approvalsForMe, due: true, words: 'waiting for you' },
    '/campaigns': { value: status.counts.sharesForMe, due: true, words: 'to share, waiting for you' },
    '/reviews': { value: status.counts.reviewsForMe, due: true, words: 'you could judge' },
    '/notifications': { value: status.counts.unread, due: true, words: 'not seen yet' },
    '/appeals': { value: status.counts.appealsForMe, due: true, words: 'you could decide' },
  };
  return (
    <nav className="nav" aria-label="Main">
      <Link className="mark" href="/" aria-label="Weir, overview">
        <Mark />
        <span>Weir</span>
      </Link>
      <button
        type="button"
        className="find"
        onClick={onSearch}
        aria-label="Search"
        aria-keyshortcuts="Meta+K Control+K"
      >
        <Search className="i i-s" aria-hidden="true" />
        <span>Search</span>
        <kbd className="push">⌘K</kbd>
      </button>
      <div className="nav-list">
        {DESK_PAGES.map(({ href, label, icon: Icon }) => {
          const count = counts[href];
          const current = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
          return (
            <Link key={href} href={href} aria-current={current ? 'page' : undefined} title={label}>
              <Icon className="i" aria-hidden="true" />
              <span>{label}</span>
              {count !== undefined && count.value > 0 && (
                <span className={count.due ? 'count due' : 'count'}>
                  {formatCount(count.value)}
                  <span className="vh"> {count.words}</span>
                </span>
              )}
            </Link>
          );
        })}
      </div>
      <div className="nav-foot">
        <RunStatus status={status} problem={problem} />
        <PersonMenu />
      </div>
    </nav>
  );
}
