'use client';

import Link from 'next/link';
import { createContext, type ReactNode, useContext } from 'react';
import { type TrailStep, trailHref, wayFrom } from '@/lib/clusters/trail-schema';

const WayContext = createContext<readonly TrailStep[]>([]);

/** For what a page links to: the way that led here, and the page itself. */
export function TrailProvider({
  way,
  here,
  children,
}: {
  way: readonly TrailStep[];
  here: TrailStep;
  children: ReactNode;
}) {
  return <WayContext value={wayFrom(here, way)}>{children}</WayContext>;
}

/** A link to a page that keeps the way in its address, so that it can be gone back and shared. */
export function TrailLink({
  to,
  className,
  title,
  children,
}: {
  to: TrailStep;
  className?: string;
  title?: string;
  children: ReactNode;
}) {
  const way = useContext(WayContext);
  return (
    <Link className={className} href={trailHref(to, way)} title={title} prefetch={false}>
      {children}
    </Link>
  );
}
