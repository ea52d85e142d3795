import Link from 'next/link';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { CountedAsOne } from '@/lib/clusters/suppressed-schema';

/** Verified organizations: what only their own accounts share ties nobody. */
export function OrganizationTable({ countedAsOne }: { countedAsOne: CountedAsOne }) {
  const { organizations, accounts, largest } = countedAsOne;
  return (
    <section className="sec" aria-labelledby="organizations-title">
      <header>
        <h2 id="organizations-title">Counted as one</h2>
        <span className="small mute">
          {organizations === 0
            ? 'no verified organization has several accounts'
            : `${formatOf(organizations, 'verified organization')} with ${formatCount(accounts)} accounts: what only their own accounts share ties nobody`}
        </span>
      </header>
      {organizations > 0 && (
        <table className="grid rows-32 dt-organizations">
          <thead>
            <tr>
              <th scope="col">Verified organization</th>
              <th scope="col" className="num">
                Accounts
              </th>
            </tr>
          </thead>
          <tbody>
            {largest.map((row) => (
              <tr key={row.id}>
                <td className="clip">
                  {row.organization === null ? (
                    <span className="mute">hidden</span>
                  ) : (
                    <Link
                      className="link mono"
                      href={`/accounts?q=${encodeURIComponent(row.organization)}`}
                      prefetch={false}
                    >
                      <RawText>{row.organization}</RawText>
                    </Link>
                  )}
                </td>
                <td className="num">
                  <b>{formatCount(row.accounts)}</b>
                </td>
              </tr>
            ))}
          </tbody>
          {organizations > largest.length && (
            <tfoot>
              <tr>
                <td colSpan={2} className="small mute">
                  The {largest.length} largest of {formatCount(organizations)}.
                </td>
              </tr>
            </tfoot>
          )}
        </table>
      )}
    </section>
  );
}
