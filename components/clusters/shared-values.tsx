import { formatCount, formatPercent } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { SharedValue } from '@/lib/clusters/review-schema';
import { KindIcon, kindLabel } from './kind-icon';

/** What one account has in common with a cluster's members, value by value. */
export function SharedValues({
  values,
  accounts,
  member,
}: {
  values: readonly SharedValue[];
  /** Core and ordinary members of the cluster. */
  accounts: number;
  /** The account is known to be one of them: it counts inside, too. */
  member: boolean;
}) {
  return (
    <table className="grid plain rows-28 cl-shared">
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Value</th>
          <th scope="col" className="num">
            {member ? 'Others' : 'Members'}, of {formatCount(accounts)}
          </th>
          <th scope="col" className="num">
            All accounts
          </th>
          <th scope="col" className="num" title="Share of all its holders that are members">
            Inside
          </th>
        </tr>
      </thead>
      <tbody>
        {values.map((value) => (
          <tr key={value.id}>
            <td>
              <span className="kind">
                <KindIcon kind={value.kind} />
                {value.kind === 'ip' ? 'IP address, any day' : kindLabel(value.kind)}
              </span>
            </td>
            <td className="clip">
              {value.value === null ? (
                <span className="mute">hidden</span>
              ) : (
                <RawText className="mono">{value.value}</RawText>
              )}
            </td>
            <td className="num">
              <b>{formatCount(value.members)}</b>
            </td>
            <td className="num soft">
              {value.atLeast && '≥ '}
              {formatCount(value.population)}
            </td>
            <td className="num soft">
              {formatPercent(Math.min(1, (value.members + Number(member)) / Math.max(1, value.population)))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
