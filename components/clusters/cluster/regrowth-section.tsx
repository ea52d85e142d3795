import Link from 'next/link';
import { accountPath } from '@/components/accounts/account-path';
import { AccountStatusMark } from '@/components/accounts/account-status';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatMoment, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { BanRow, Regrowth } from '@/lib/clusters/regrowth-schema';
import { clusterRef, REOPEN_FROM } from '@/lib/clusters/rules';
import { KindIcon, kindLabel, kindShort } from '../kind-icon';

const SHOWN = 8;

/** What came back after the cluster's accounts were banned: how fast, how much of the traffic, and which accounts. */
export function RegrowthSection({ regrowth, reopens }: { regrowth: Regrowth; reopens: boolean }) {
  const { bans, accounts, total, fingerprint } = regrowth;
  return (
    <section className="sec" id="regrowth" aria-labelledby="regrowth-title">
      <header>
        <h2 id="regrowth-title">Regrowth</h2>
        <span className="small mute">
          Young accounts that hold frozen values of two independent kinds;{' '}
          {reopens ? 'they reopened this cluster.' : `${REOPEN_FROM} of them reopen a confirmed cluster.`}
        </span>
      </header>
      <Bans bans={bans} />
      <p className="cl-frozen small">
        <span className="mute">Frozen at the ban:</span>
        {fingerprint.length === 0 && ' no value was the cluster’s own, so nothing can be recognized.'}
        {fingerprint.map(({ kind, values, members }) => (
          <span
            key={kind}
            className="kind"
            title={`The commonest was held by ${formatOf(members, 'member')}`}
          >
            <KindIcon kind={kind} />
            {kindLabel(kind)} <b>{formatCount(values)}</b>
          </span>
        ))}
      </p>
      {total === 0 ? (
        <p className="cl-none">Nothing has come back so far. Every run looks again.</p>
      ) : (
        <Accounts accounts={accounts} total={total} />
      )}
    </section>
  );
}

function Bans({ bans }: { bans: BanRow[] }) {
  return (
    <table className="grid rows-32 cl-bans">
      <thead>
        <tr>
          <th scope="col">Ban, UTC</th>
          <th scope="col" className="num">
            Accounts
          </th>
          <th scope="col" className="num" title="Exchanges a day over the fortnight before the ban">
            Drew a day
          </th>
          <th scope="col" className="num">
            Came back
          </th>
          <th scope="col" className="num">
            Time to relink
          </th>
          <th scope="col" className="num" title="Exchanges a day over the last week of the window">
            Draw a day now
          </th>
          <th scope="col" className="num">
            Volume recovered
          </th>
        </tr>
      </thead>
      <tbody>
        {bans.map((ban) => (
          <tr key={ban.bannedAt}>
            <td>{formatMoment(ban.bannedAt).replace(' UTC', '')}</td>
            <td className="num">{formatCount(ban.accounts)}</td>
            <td className="num soft">{formatCount(Math.round(ban.exchangesPerDay))}</td>
            <td className="num">
              <b>{formatCount(ban.regrown)}</b>
            </td>
            <td className="num">{ban.hoursToRelink === null ? '–' : hoursInWords(ban.hoursToRelink)}</td>
            <td className="num soft">
              {ban.regrown === 0 ? '–' : formatCount(Math.round(ban.regrownPerDay))}
            </td>
            <td className="num">{ban.recovered === null ? '–' : `${Math.round(ban.recovered * 100)} %`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Accounts({ accounts, total }: Pick<Regrowth, 'accounts' | 'total'>) {
  return (
    <details className="cl-regrown">
      <summary className="small link">{formatOf(total, 'account')} that came back</summary>
      <table className="grid rows-32">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Matches in</th>
            <th scope="col">Held by</th>
            <th scope="col" className="num">
              Exchanges
            </th>
            <th scope="col" className="num">
              Age
            </th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.accountId}>
              <td className="clip">
                <Link className="mono cl-account" href={accountPath(account.accountId)} prefetch={false}>
                  <RawText>{account.accountId}</RawText>
                </Link>
              </td>
              <td className="soft">{account.kinds.map(kindShort).slice(0, SHOWN).join(', ')}</td>
              <td>
                {account.clusterIds.length === 0 ? (
                  <span className="mute">no cluster yet</span>
                ) : (
                  account.clusterIds.map((id) => (
                    <Link key={id} className="link" href={`/clusters/${id}`} prefetch={false}>
                      {clusterRef(id)}{' '}
                    </Link>
                  ))
                )}
              </td>
              <td className="num">{formatCount(account.exchanges)}</td>
              <td className="num">
                <Ago at={account.seenAt} />
              </td>
              <td>
                <AccountStatusMark status={account.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > accounts.length && (
        <p className="cl-detail mute">
          The {accounts.length} youngest of {formatCount(total)}.
        </p>
      )}
    </details>
  );
}

function hoursInWords(hours: number): string {
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} d`;
}
