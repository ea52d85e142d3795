/** The list's rows in the order they are drawn: days, entries, the batches of an opened fold, an opened entry. Pure. */
import type { AuditLine } from '@/lib/audit/filter-schema';

export type AuditItem =
  | { kind: 'day'; key: string; day: string }
  | { kind: 'line'; key: string; row: AuditLine; batch: boolean }
  | { kind: 'detail'; key: string; row: AuditLine }
  | { kind: 'batches'; key: string; headId: number; state: 'loading' | 'more' };

export interface OpenedFold {
  headId: number;
  rows: AuditLine[];
  /** Its batches are on their way, or there are more of them. */
  waits: 'loading' | 'more' | null;
}

export function buildItems(
  rows: readonly AuditLine[],
  openId: number | null,
  fold: OpenedFold | null,
): AuditItem[] {
  const items: AuditItem[] = [];
  let day = '';
  const add = (row: AuditLine, batch: boolean) => {
    items.push({ kind: 'line', key: `${batch ? 'batch' : 'line'} ${row.id}`, row, batch });
    // A folded line opens to its batches; the newest of them is its own entry.
    if (row.id === openId && (batch || row.fold === null))
      items.push({ kind: 'detail', key: `detail ${row.id}`, row });
  };
  for (const row of rows) {
    if (row.at.slice(0, 10) !== day) {
      day = row.at.slice(0, 10);
      items.push({ kind: 'day', key: `day ${day} ${row.id}`, day });
    }
    add(row, false);
    if (fold?.headId !== row.id || row.fold === null) continue;
    for (const batch of fold.rows) add(batch, true);
    if (fold.waits)
      items.push({ kind: 'batches', key: `batches ${row.id}`, headId: row.id, state: fold.waits });
  }
  return items;
}

/** Pixels of an item before it is measured. */
export function heightOf(item: AuditItem | undefined): number {
  if (item?.kind === 'day') return 24;
  return item?.kind === 'detail' ? 260 : 32;
}
