import { Lock, TriangleAlert, UserX } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readWay } from '@/app/read-way';
import { ACCOUNT_STATUS_LABELS, AccountStatusMark } from '@/components/accounts/account-status';
import { ActivityPanel } from '@/components/accounts/activity-panel';
import { AppealPanel, EnforcementPanel } from '@/components/accounts/enforcement-panel';
import { IndicatorTable } from '@/components/accounts/indicator-table';
import { MembershipTable } from '@/components/accounts/membership-table';
import { ProfileRail } from '@/components/accounts/profile-rail';
import { PageHeader } from '@/components/shell/page-header';
import { TrailLink, TrailProvider } from '@/components/shell/trail';
import { trailCrumbs } from '@/components/shell/trail-crumbs';
import { Ago } from '@/components/ui/ago';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCount, formatDay, formatDollars, formatShort, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import type { Person } from '@/lib/access/schema';
import { getAuditHistory } from '@/lib/audit/get-audit-history';
import type { AccountDetail } from '@/lib/clusters/account-schema';
import { getAccount } from '@/lib/clusters/get-account';
import { HOLD_LABELS } from '@/lib/enforcement/hold-schema';
import { listHolds } from '@/lib/enforcement/list-holds';
import { AppError } from '@/lib/errors';
import '@/components/accounts/accounts.css';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  // Next hands params over decoded here, and as they stand in the address to the page below.
  return { title: showInvisible((await params).id).slice(0, 60) };
}

export default async function AccountPage({ params, searchParams }: Props) {
  const person = await requirePerson();
  const id = decode((await params).id);
  const [{ account, history, holds }, way] = await Promise.all([
    read(person, id),
    readWay(person, searchParams),
  ]);
  const crumbs = way.length > 0 ? trailCrumbs(way) : [{ label: 'Accounts', href: '/accounts' }];
  return (
    <TrailProvider way={way} here={{ type: 'account', id: account.id }}>
      <PageHeader crumbs={[...crumbs, { label: showInvisible(account.id) }]} />
      <section className="a-hero">
        <div className="a-hero-top">
          <h1>
            <RawText>{account.id}</RawText>
          </h1>
          <CopyButton small text={account.id} label="Copy the id" />
          {account.profile.displayName && (
            <span className="mute a-name">
              <RawText>{account.profile.displayName}</RawText>
            </span>
          )}
          <AccountStatusMark status={account.status} />
          {holds.map((hold) => (
            <Badge key={hold.id} tone="warn" icon={<Lock className="i" aria-hidden="true" />}>
              {HOLD_LABELS[hold.kind]}
              {hold.lastDay && ` until ${formatDay(hold.lastDay)}`}
            </Badge>
          ))}
          {account.enforcedAt && (
            <span className="small mute">
              by Weir, <Ago at={account.enforcedAt} ago />
            </span>
          )}
        </div>
        {account.forgottenAt && (
          <p className="problem" role="status">
            <UserX className="i" aria-hidden="true" />
            <span>
              The person behind this account was forgotten <Ago at={account.forgottenAt} ago />. What is left
              is a name made up here, on which the counts of clusters and of lists that are over hang.
            </span>
          </p>
        )}
        {account.conflictAt && account.enforcedStatus && (
          <p className="problem" role="status">
            <TriangleAlert className="i" aria-hidden="true" />
            <span>
              The provider reported it {ACCOUNT_STATUS_LABELS[account.reportedStatus].toLowerCase()}{' '}
              <Ago at={account.conflictAt} ago />, after Weir had it{' '}
              {ACCOUNT_STATUS_LABELS[account.enforcedStatus].toLowerCase()}: somebody took the act back there,
              or it never took hold. Look at the provider, then propose the action anew or restore the account
              here.
            </span>
          </p>
        )}
        {holds.map((hold) => (
          <p key={hold.id} className="small soft">
            {HOLD_LABELS[hold.kind]}, {hold.createdBy ?? 'the command line'}: {showInvisible(hold.reason)}
          </p>
        ))}
        <Facts account={account} />
      </section>
      <div className="a-cols">
        <div className="a-content">
          <MembershipTable memberships={account.memberships} />
          <ActivityPanel account={account} />
          <IndicatorTable account={account} />
          <EnforcementPanel
            rows={account.enforcement}
            restoreHref={
              may(person, 'proposal.create')
                ? `/approvals/restore?account=${encodeURIComponent(account.id)}`
                : null
            }
          />
          <AppealPanel rows={account.appeals} sensitive={account.sensitive} />
        </div>
        <aside className="rail" aria-label="Profile and audit">
          <ProfileRail account={account} history={history} />
        </aside>
      </div>
    </TrailProvider>
  );
}

function Facts({ account }: { account: AccountDetail }) {
  const { profile, memberships } = account;
  const strongest = memberships[0];
  return (
    <dl className="facts a-facts">
      <div>
        <dt>Exchanges</dt>
        <dd>
          {formatCount(account.exchanges)}
          <small>{formatShort(account.outputTokens)} tokens out</small>
        </dd>
      </div>
      <div>
        <dt>Cluster</dt>
        <dd className="clip">
          {strongest ? (
            <TrailLink className="a-link" to={{ type: 'cluster', id: strongest.cluster.id }}>
              {strongest.cluster.name}
            </TrailLink>
          ) : (
            'none'
          )}
          {strongest && <small>{strongest.strength.toFixed(2)}</small>}
        </dd>
      </div>
      <div>
        <dt>Plan</dt>
        <dd className="clip">
          {profile.plan ? <RawText>{profile.plan.replaceAll('_', ' ')}</RawText> : '–'}
          {profile.country && <small>{profile.country}</small>}
        </dd>
      </div>
      <div>
        <dt>Spend a month</dt>
        <dd>{profile.monthlySpendUsd === null ? '–' : formatDollars(profile.monthlySpendUsd)}</dd>
      </div>
      <div>
        <dt>Age</dt>
        <dd>
          <Ago at={profile.createdAt} />
        </dd>
      </div>
      <div>
        <dt>Last seen</dt>
        <dd>
          <Ago at={profile.lastSeenAt} ago />
        </dd>
      </div>
    </dl>
  );
}

async function read(person: Person, id: string) {
  try {
    const [account, history, holds] = await Promise.all([
      getAccount(person, id),
      getAuditHistory(person, 'account', id),
      listHolds(person, id),
    ]);
    return { account, history, holds: holds.rows };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

/** The id as the address spells it; a broken escape is taken as it stands, and then names no account. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
