import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, showInvisible } from '@/components/ui/format';
import { shareRef } from '@/lib/intel/rules';
import type { ShareRow } from '@/lib/intel/share-schema';
import { ShareStatusBadge } from './share-view';
import { tlpLabel } from './share-words';

/** Shares, newest first. @param of whether each names its campaign */
export function ShareTable({ rows, naming = false }: { rows: readonly ShareRow[]; naming?: boolean }) {
  return (
    <table className="grid rows-32 sh-table">
      <thead>
        <tr>
          <th scope="col">Share</th>
          <th scope="col">State</th>
          <th scope="col">Marking</th>
          <th scope="col" className="num">
            Objects
          </th>
          <th scope="col">Proposed</th>
          <th scope="col">Answered</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link className="strong" href={`/campaigns/shares/${row.id}`}>
                {shareRef(row.id)}
                {naming && ` of ${showInvisible(row.campaign.name)}`}
              </Link>
            </td>
            <td>
              <ShareStatusBadge status={row.status} />
            </td>
            <td>{tlpLabel(row.tlp)}</td>
            <td className="num">{formatCount(row.objects)}</td>
            <td className="soft small">
              {showInvisible(row.proposedBy.name)}, <Ago at={row.proposedAt} ago />
            </td>
            <td className="soft small">
              {row.decidedBy && row.decidedAt ? (
                <>
                  {showInvisible(row.decidedBy.name)}, <Ago at={row.decidedAt} ago />
                </>
              ) : (
                'not yet'
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
