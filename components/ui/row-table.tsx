'use client';

import type { ReactNode } from 'react';
import { useRowKeys } from './use-row-keys';

export interface Column<Row> {
  head: string;
  /** Figures stand right. */
  num?: boolean;
  className?: string;
  cell: (row: Row) => ReactNode;
}

/** A list whose rows lead somewhere: j and k move, enter opens. The first column holds the link itself. */
export function RowTable<Row>({
  className,
  rows,
  href,
  columns,
}: {
  className: string;
  rows: readonly Row[];
  href: (row: Row) => string;
  columns: readonly Column<Row>[];
}) {
  const { at, table } = useRowKeys(rows.map(href));
  return (
    <table className={`grid rows-40 ${className}`} ref={table}>
      <thead>
        <tr>
          {columns.map(({ head, num }) => (
            <th key={head} scope="col" className={num ? 'num' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={href(row)} data-row={href(row)} className={at === href(row) ? 'at' : undefined}>
            {columns.map(({ head, num, className: own, cell }) => (
              <td key={head} className={[num && 'num', own].filter(Boolean).join(' ') || undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
