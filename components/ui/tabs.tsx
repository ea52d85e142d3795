import Link from 'next/link';
import type { MouseEvent, ReactNode } from 'react';

export interface TabItem {
  label: string;
  href: string;
  count?: ReactNode;
  current: boolean;
  /** For views that change without the server: takes the place of following the link. */
  onSelect?: () => void;
}

/** Saved views or sections of a page, as links. */
export function Tabs({ label, items }: { label: string; items: TabItem[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {items.map(({ href, current, count, onSelect, ...item }) => (
        <Link
          key={item.label}
          href={href}
          scroll={false}
          prefetch={false}
          aria-current={current ? 'page' : undefined}
          onClick={onSelect && ((event) => selectPlainly(event, onSelect))}
        >
          {item.label}
          {count !== undefined && <span>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** A new tab or window is still the browser's. */
function selectPlainly(event: MouseEvent, select: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  select();
}
