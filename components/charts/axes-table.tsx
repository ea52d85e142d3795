'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { ClusterDetail } from '@/lib/clusters/schema';

/** The other clusters of the chart by name, made when it is opened. */
export function AxesTable({ others }: Pick<ClusterDetail, 'others'>) {
  const [open, setOpen] = useState(false);
  return (
    <details className="axes-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="small link">As a table</summary>
      {open && (
        <table className="grid plain rows-28">
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col" className="num">
                Coordination
              </th>
              <th scope="col" className="num">
                Extraction
              </th>
            </tr>
          </thead>
          <tbody>
            {others.map((other) => (
              <tr key={other.id}>
                <td className="clip">
                  <Link className="link" href={`/clusters/${other.id}`} prefetch={false}>
                    {other.name}
                  </Link>
                </td>
                <td className="num">{other.coordination.toFixed(2)}</td>
                <td className="num">{other.extraction.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
