import Link from 'next/link';
import { accountPath } from '@/components/accounts/account-path';
import { AccountStatusMark } from '@/components/accounts/account-status';
import { Ago } from '@/components/ui/ago';
import { formatDollars, formatPercent, formatShort } from '@/components/ui/format';
import type { AppealDetail } from '@/lib/enforcement/appeal-schema';
import { AppealStateMark } from './appeal-state';

/** Who appeals: what speaks for the account, and how the act went elsewhere. */
export function AccountFacts({ appeal }: { appeal: AppealDetail }) {
  const { account, rate, others } = appeal;
  const standing = [account.verified && 'verified organization', account.enterprise && 'enterprise'].filter(
    Boolean,
  );
  return (
    <>
      <section aria-labelledby="account-title">
        <h2 id="account-title">
          Account
          <Link className="push small link" href={accountPath(appeal.accountId)}>
            Open
          </Link>
        </h2>
        <dl className="p-kv">
          <div>
            <dt>State</dt>
            <dd>
              <AccountStatusMark status={account.state} />
            </dd>
          </div>
          <div>
            <dt>Made</dt>
            <dd>{account.createdAt ? <Ago at={account.createdAt} ago /> : 'not reported'}</dd>
          </div>
          <div>
            <dt>Standing</dt>
            <dd>{standing.length > 0 ? standing.join(', ') : 'nothing special'}</dd>
          </div>
          <div>
            <dt>Last paid</dt>
            <dd>{account.lastPaidAt ? <Ago at={account.lastPaidAt} ago /> : 'never, as far as reported'}</dd>
          </div>
          <div>
            <dt>Spend</dt>
            <dd>
              {account.monthlySpendUsd === null
                ? 'not reported'
                : `${formatDollars(account.monthlySpendUsd)} a month`}
            </dd>
          </div>
          <div>
            <dt>Exchanges</dt>
            <dd>{formatShort(account.exchanges)}</dd>
          </div>
        </dl>
      </section>
      {rate && (
        <section aria-labelledby="rate-title">
          <h2 id="rate-title">The same act</h2>
          <p className="small soft">
            <b className="num">{rate.appeals}</b> of {rate.actedOn} owners appealed (
            {formatPercent(rate.actedOn === 0 ? 0 : rate.appeals / rate.actedOn)}),{' '}
            <b className="num">{rate.granted}</b> granted so far.
          </p>
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="others-title">
          <h2 id="others-title">Others of this account</h2>
          <ul className="ap-others">
            {others.map((other) => (
              <li key={other.number}>
                <Link className="a-link" href={`/appeals/${other.number}`}>
                  AP-{other.number}
                </Link>
                <AppealStateMark state={other.state} taken={false} />
                <span className="push small mute">
                  <Ago at={other.receivedAt} ago />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
