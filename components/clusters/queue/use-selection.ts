'use client';

import { useCallback, useMemo, useState } from 'react';
import type { ClusterRow } from '@/lib/clusters/schema';

interface Selection {
  ids: ReadonlySet<number>;
  /** Selected rows that are still in the list. */
  rows: ClusterRow[];
  toggle: (id: number) => void;
  toggleAll: () => void;
  clear: () => void;
}

/** Which rows are ticked. A row that leaves the list leaves the selection. */
export function useSelection(all: ClusterRow[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => all.filter((row) => chosen.has(row.id)), [all, chosen]);
  const ids = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);
  const toggle = useCallback((id: number) => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  return {
    ids,
    rows,
    toggle,
    toggleAll: () => setChosen(rows.length > 0 ? new Set() : new Set(all.map((row) => row.id))),
    clear: () => setChosen(new Set()),
  };
}
