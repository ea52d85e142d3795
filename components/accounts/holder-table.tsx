import { TrailLink } from '@/components/shell/trail';
import { formatCount, formatDay, formatOf, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { IndicatorDetail } from '@/lib/clusters/indicator-schema';
import { AccountStatusMark } from './account-status';

/** The accounts that were seen with a value, those seen most often first. */
export function HolderTable({ indicator: { holders, accounts } }: { indicator: IndicatorDetail }) {
  return (
    <section className="panel" aria-labelledby="holders-title">
      <header>
        <h2 id="holders-title">Accounts</h2>
        <span className="small mute">
          {holders.length < accounts
            ? `the ${formatCount(holders.length)} seen with it most often, of ${formatCount(accounts)}`
            : formatOf(accounts, 'account')}
        </span>
      </header>
      <table className="grid rows-28 plain a-holders">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Cluster</th>
            <th scope="col">Status</th>
            <th scope="col" className="num">
              Times
            </th>
            <th scope="col" className="num">
              First day
            </th>
            <th scope="col" className="num">
              Last day
            </th>
          </tr>
        </thead>
        <tbody>
          {holders.map((holder) => (
            <tr key={holder.accountId}>
              <td className="a-clip">
                <TrailLink className="mono a-link" to={{ type: 'account', id: holder.accountId }}>
                  <RawText>{holder.accountId}</RawText>
                </TrailLink>
              </td>
              <td className="a-clip">
                {holder.cluster ? (
                  <TrailLink className="a-link" to={{ type: 'cluster', id: holder.cluster.id }}>
                    {showInvisible(holder.cluster.name)}
                  </TrailLink>
                ) : (
                  <span className="mute">none</span>
                )}
              </td>
              <td>
                <AccountStatusMark status={holder.status} />
              </td>
              <td className="num">{formatCount(holder.count)}</td>
              <td className="num soft">{formatDay(holder.firstDay)}</td>
              <td className="num soft">{formatDay(holder.lastDay)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
