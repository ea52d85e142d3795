'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const EVERY = 3_000;

/** Reads the page again while something on it is running and the tab is looked at. Draws nothing. */
export function ListRefresh({ active }: { active: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, EVERY);
    return () => clearInterval(timer);
  }, [active, router]);
  return null;
}
