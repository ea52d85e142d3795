'use client';

import { useCallback, useMemo, useState } from 'react';
import type { ClusterRow } from '@/lib/clusters/schema';

export interface Selection {
  ids: ReadonlySet<number>;
  /** Selected rows that are still in the list. */
  rows: ClusterRow[];
  toggle: (id: number) => void;
  /** Ticks all rows from the one ticked last to this one. */
  extend: (id: number) => void;
  /** Keeps these of the ticked ones. */
  keep: (ids: readonly number[]) => void;
  toggleAll: () => void;
  clear: () => void;
}

/** Which rows are ticked. A row that leaves the list leaves the selection. */
export function useSelection(all: ClusterRow[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => all.filter((row) => chosen.has(row.id)), [all, chosen]);
  const ids = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);
  const [last, setLast] = useState<number | null>(null);
  const toggle = useCallback((id: number) => {
    setLast(id);
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
    extend: (id) => {
      const [from, to] = [last ?? id, id].map((each) => all.findIndex((row) => row.id === each)) as [
        number,
        number,
      ];
      const span = all.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1);
      setChosen((before) => new Set([...before, ...span.map((row) => row.id)]));
      setLast(id);
    },
    keep: (kept) => setChosen(new Set(kept)),
    toggleAll: () => setChosen(rows.length > 0 ? new Set() : new Set(all.map((row) => row.id))),
    clear: () => setChosen(new Set()),
  };
}
