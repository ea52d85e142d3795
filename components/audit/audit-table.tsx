'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { Button } from '@/components/ui/button';
import { formatDay } from '@/components/ui/format';
import type { AuditLine } from '@/lib/audit/filter-schema';
import { AuditRowLine } from './audit-row-line';
import type { AuditItem } from './build-items';
import { EntryDetail } from './entry-detail';

const COLUMNS = 7;

/** Entries in the order of reading; whole, or as much of it as the virtualizer says is in view. */
export function AuditTable({
  items,
  virtualizer,
  at,
  openId,
  foldId,
  onToggle,
  onMoreBatches,
}: {
  items: readonly AuditItem[];
  /** Null draws everything. */
  virtualizer: Virtualizer<HTMLElement, Element> | null;
  /** Key of the line under the keyboard: the newest batch of a fold has the id of the fold's own line. */
  at: string | null;
  openId: number | null;
  foldId: number | null;
  onToggle: (row: AuditLine, batch: boolean) => void;
  onMoreBatches: () => void;
}) {
  const drawn = virtualizer?.getVirtualItems();
  const from = drawn ? (drawn[0]?.index ?? 0) : 0;
  const to = drawn ? (drawn.at(-1)?.index ?? -1) + 1 : items.length;
  const before = drawn?.[0]?.start ?? 0;
  const after = virtualizer ? virtualizer.getTotalSize() - (drawn?.at(-1)?.end ?? 0) : 0;
  return (
    <table className="grid rows-32 at-t" aria-rowcount={items.length + 1}>
      <thead>
        <tr>
          <th scope="col" className="num a-index">
            Index
          </th>
          <th scope="col" className="a-time">
            Time, UTC
          </th>
          <th scope="col" className="a-actor">
            Actor
          </th>
          <th scope="col" className="a-verb">
            Verb
          </th>
          <th scope="col" className="a-object">
            Object
          </th>
          <th scope="col" className="a-outcome">
            Outcome
          </th>
          <th scope="col" className="a-leaf">
            Leaf
          </th>
        </tr>
      </thead>
      <tbody>
        {before > 0 && <tr style={{ height: before }} />}
        {items.slice(from, to).map((item, offset) => {
          const index = from + offset;
          if (item.kind === 'day') {
            return (
              <tr key={item.key} className="day" data-index={index}>
                <th scope="rowgroup" colSpan={COLUMNS}>
                  {formatDay(item.day)}
                </th>
              </tr>
            );
          }
          if (item.kind === 'batches') {
            return (
              <tr key={item.key} className="batch" data-index={index}>
                <td colSpan={COLUMNS}>
                  <Button className="low" busy={item.state === 'loading'} onClick={onMoreBatches}>
                    {item.state === 'loading' ? 'Batches are on their way' : 'More batches'}
                  </Button>
                </td>
              </tr>
            );
          }
          if (item.kind === 'detail') {
            return (
              <tr key={item.key} className="exp" data-index={index} ref={virtualizer?.measureElement}>
                <td colSpan={COLUMNS}>
                  <EntryDetail row={item.row} />
                </td>
              </tr>
            );
          }
          const folded = item.row.fold !== null && !item.batch;
          return (
            <AuditRowLine
              key={item.key}
              row={item.row}
              batch={item.batch}
              index={index}
              at={item.key === at}
              open={folded ? item.row.id === foldId : item.row.id === openId}
              onToggle={() => onToggle(item.row, item.batch)}
            />
          );
        })}
        {after > 0 && <tr style={{ height: after }} />}
      </tbody>
    </table>
  );
}
