import { formatCount, formatOf, formatPercent } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { DeclaredGroup } from '@/lib/clusters/declared-schema';

const DECLARED = { organization: 'one organization', domain: 'one mail domain' } as const;

/** Groups that share as much as a ring does but say who they are. */
export function DeclaredTable({ groups }: { groups: DeclaredGroup[] }) {
  if (groups.length === 0)
    return <p className="dt-none soft">No group of accounts that share something declares itself.</p>;
  return (
    <table className="grid rows-32 dt-table">
      <thead>
        <tr>
          <th scope="col">All of them name</th>
          <th scope="col">Accounts</th>
          <th scope="col" className="num">
            Extraction
          </th>
          <th scope="col">Busiest of them</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.id}>
            <td>
              {DECLARED[group.by]}
              {group.name !== null && (
                <>
                  , <RawText>{group.name}</RawText>
                </>
              )}
            </td>
            <td>
              <b>{formatCount(group.accounts)}</b>
              <span className="mute">
                , {formatCount(group.paying)} paying, {formatOf(group.exchanges, 'exchange')}
              </span>
            </td>
            <td className="num">{formatPercent(group.extraction)}</td>
            <td className="mono">
              {group.examples.length === 0 ? (
                <span className="mute">hidden</span>
              ) : (
                <RawText>{group.examples.join(', ')}</RawText>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
