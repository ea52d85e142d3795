import Link from 'next/link';
import type { ReactNode } from 'react';
import { aboutHref } from '@/components/audit/audit-query';
import { Ago } from '@/components/ui/ago';
import { formatMoment } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AuditRow } from '@/lib/audit/schema';
import type { AccountDetail } from '@/lib/clusters/account-schema';
import { ACCOUNT_STATUS_LABELS } from './account-status';

/** What the provider says of the account, and what was written down about it. */
export function ProfileRail({ account, history }: { account: AccountDetail; history: readonly AuditRow[] }) {
  const { profile, sensitive } = account;
  const hidden = sensitive ? null : <span className="mute">hidden from your role</span>;
  const text = (value: string | null) => (value === null ? null : <RawText>{value}</RawText>);
  const facts: [string, ReactNode][] = [
    ['Name', hidden ?? text(profile.displayName)],
    ['E-mail domain', hidden ?? text(profile.emailDomain)],
    ['Organization', hidden ?? text(profile.organizationId)],
    ['Verified', profile.verified ? 'yes, as an organization' : 'no'],
    ['Signed up from', hidden ?? text(profile.signupIp)],
    ['Program', text(profile.program)],
    ['Enterprise', profile.enterprise ? 'yes' : 'no'],
    ['Last paid', profile.lastPaidAt && <Ago at={profile.lastPaidAt} ago />],
    ['Made', profile.createdAt && <Ago at={profile.createdAt} ago />],
    ['First seen', profile.firstSeenAt && <Ago at={profile.firstSeenAt} ago />],
    ['Provider’s records', ACCOUNT_STATUS_LABELS[account.reportedStatus].toLowerCase()],
  ];
  return (
    <>
      <section aria-labelledby="profile-title">
        <h2 id="profile-title">Profile</h2>
        <dl className="a-kv">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value ?? <span className="mute">not reported</span>}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="history-title">
        <h2 id="history-title">
          Audit <span className="push small mute">{history.length || ''}</span>
        </h2>
        {history.length === 0 ? (
          <p className="small soft">
            No audit entry names this account by itself; actions on lists are written by proposal.
          </p>
        ) : (
          <ol className="a-history">
            {history.slice(0, 12).map((entry) => (
              <li key={entry.id}>
                <span className="mono">{entry.verb}</span>
                <span className="small mute" title={formatMoment(entry.at)}>
                  {entry.actorName}, <Ago at={entry.at} ago />
                </span>
              </li>
            ))}
          </ol>
        )}
        <p className="small">
          <Link className="link" href={aboutHref('account', account.id)}>
            Everything of it in the audit, lists included
          </Link>
        </p>
      </section>
    </>
  );
}
