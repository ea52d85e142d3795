'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { useDesk } from './desk-context';

export interface Crumb {
  label: string;
  /** Absent for the page itself. */
  href?: string;
}

/** The 48 px bar at the head of a page. `fit` is for pages that scroll in parts (the queue, the audit): edges of 16. */
export function PageHeader({
  crumbs,
  title,
  tabs,
  fit = false,
  children,
}: {
  crumbs?: Crumb[];
  title?: string;
  tabs?: ReactNode;
  fit?: boolean;
  /** Controls on the right, after the badge. */
  children?: ReactNode;
}) {
  const { simulated } = useDesk();
  return (
    <header className="bar" data-fit={fit || undefined}>
      {crumbs && <Crumbs crumbs={crumbs} />}
      {title && <h1>{title}</h1>}
      {tabs}
      <span className="push" />
      {simulated && <SimulatedBadge />}
      {children}
    </header>
  );
}

/** Says that nothing on this screen is a real account; for headers, prints and exports. */
function SimulatedBadge() {
  return (
    <span className="sim" title="Nothing on this screen is a real account">
      Simulated data
    </span>
  );
}

function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav className="crumb" aria-label="Where this is">
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.label}>
          {index > 0 && <ChevronRight className="i" aria-hidden="true" />}
          {crumb.href ? (
            <Link href={crumb.href}>{crumb.label}</Link>
          ) : (
            <span className="clip" aria-current="page" title={crumb.label}>
              {crumb.label}
            </span>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
