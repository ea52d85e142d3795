import { ListChecks } from 'lucide-react';
import { formatCount } from '@/components/ui/format';
import type { MemberFilter } from '@/lib/clusters/member-filter';
import { COLUMNS } from './account-row';
import type { MemberQuery } from './use-members';

/** Column heads; those that can be sorted by turn round when they are chosen again. */
export function AccountHead({
  query,
  total,
  busy,
  onSelectAll,
  onSort,
}: {
  query: MemberQuery;
  /** How many the filters leave. */
  total: number;
  busy: boolean;
  onSelectAll: () => void;
  onSort: (sort: MemberFilter['sort'], dir: MemberFilter['dir']) => void;
}) {
  return (
    <thead>
      <tr>
        <th scope="col" className="cl-tick">
          <button
            type="button"
            className="cl-sort"
            disabled={busy || total === 0}
            title={`Select all ${formatCount(total)} that the filters leave, weakly linked ones not`}
            onClick={onSelectAll}
          >
            <ListChecks className="i i-s" aria-hidden="true" />
            <span className="vh">Select all that match</span>
          </button>
        </th>
        {COLUMNS.map(({ label, num, sort, hide, width }) => {
          const sorted = sort !== undefined && query.sort === sort;
          const down = query.dir === 'desc';
          return (
            <th
              key={label}
              scope="col"
              className={num ? 'num' : undefined}
              data-hide={hide}
              style={{ width }}
              aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}
            >
              {sort ? (
                <button
                  type="button"
                  className={sorted ? 'cl-sort on' : 'cl-sort'}
                  onClick={() => onSort(sort, sorted && down ? 'asc' : 'desc')}
                >
                  {label}
                  <span aria-hidden="true">{sorted ? (down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              ) : (
                label
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
