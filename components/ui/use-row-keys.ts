'use client';

import { useRouter } from 'next/navigation';
import { type RefObject, useRef, useState } from 'react';
import { useKeys } from './use-keys';

interface RowKeys {
  /** Address of the row under the keyboard. */
  at: string | null;
  table: RefObject<HTMLTableElement | null>;
}

/** j and k walk the rows of a table, enter opens the one they stand on, esc leaves it.
 * @param hrefs where the rows lead, in order; each row carries its own as `data-row` */
export function useRowKeys(hrefs: readonly string[]): RowKeys {
  const router = useRouter();
  const table = useRef<HTMLTableElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const index = chosen === null ? -1 : hrefs.indexOf(chosen);
  const move = (step: number) => {
    const next = hrefs[Math.min(hrefs.length - 1, Math.max(0, index + step))];
    if (next === undefined) return;
    setChosen(next);
    // Enter belongs to a focused button; whoever walks the rows has left it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    table.current?.querySelector(`[data-row="${CSS.escape(next)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => (index < 0 || chosen === null ? false : router.push(chosen)),
    Escape: () => (chosen === null ? false : setChosen(null)),
  });
  return { at: index < 0 ? null : chosen, table };
}
