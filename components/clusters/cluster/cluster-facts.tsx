import type { ReactNode } from 'react';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDay, formatPercent, formatShort, showInvisible } from '@/components/ui/format';
import type { ClusterDetail, ClusterTimeline } from '@/lib/clusters/schema';

/** The figures of a cluster in one strip, each with what it is to be compared with. */
export function ClusterFacts({ cluster, timeline }: { cluster: ClusterDetail; timeline: ClusterTimeline }) {
  const { accounts, exchanges, outputTokens, accessPaths, payingAccounts, bannedAccounts } = cluster;
  const benign = timeline.benign.reduce((sum, hour) => sum + hour.exchanges, 0);
  return (
    <dl className="facts cl-facts">
      <Fact name="Accounts" value={formatCount(accounts)}>
        {[
          cluster.joined > 0 && cluster.joined < accounts && `+${formatCount(cluster.joined)}`,
          cluster.weakAccounts > 0 && `and ${formatCount(cluster.weakAccounts)} weak`,
          bannedAccounts > 0 && `${formatCount(bannedAccounts)} banned`,
        ]
          .filter(Boolean)
          .join(', ')}
      </Fact>
      <Fact name="Exchanges" value={formatShort(exchanges)}>
        {cluster.dailyRate > 0 && `${formatRate(cluster.dailyRate)} each an active day`}
        {benign > 0 && `, ${formatRate(exchanges / benign)} × benign`}
      </Fact>
      <Fact name="Output" value={`${formatShort(outputTokens)} tokens`}>
        {exchanges > 0 && `${formatShort(outputTokens / exchanges)} each`}
      </Fact>
      <Fact name="Access paths" value={formatCount(accessPaths.length)}>
        {accessPaths.slice(0, 1).map(({ path, share }) => (
          <span
            key={path}
            title={accessPaths.map((each) => `${words(each.path)} ${formatPercent(each.share)}`).join(', ')}
          >
            {words(path)} {formatPercent(share)}
          </span>
        ))}
      </Fact>
      <Fact name="Paying" value={formatCount(payingAccounts)}>
        {accounts > 0 && formatPercent(payingAccounts / accounts)}
      </Fact>
      <Fact name="Retention" value={cluster.retention.toFixed(2)} title={RETENTION}>
        at least {cluster.retentionLow.toFixed(2)}
      </Fact>
      <Fact name="Oldest account" value={firstSeen(cluster)}>
        {cluster.firstSeenAt && <Ago at={cluster.firstSeenAt} />}
      </Fact>
    </dl>
  );
}

const RETENTION =
  'From a member to one of its values and on to another holder: how often one stays in the cluster';

function Fact({
  name,
  value,
  title,
  children,
}: {
  name: string;
  value: string;
  title?: string;
  children?: ReactNode;
}) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd className="clip">
        {value} <small>{children}</small>
      </dd>
    </div>
  );
}

/** "27", "0.4". */
function formatRate(rate: number): string {
  return rate < 9.95 ? rate.toFixed(1) : formatCount(rate);
}

/** "first party API": what providers call a path, without its underscores. */
function words(path: string): string {
  const text = showInvisible(path)
    .replaceAll('_', ' ')
    .replace(/\b(api|aws|gcp)\b/g, (name) => name.toUpperCase());
  return text.length > 20 ? `${text.slice(0, 19)}…` : text;
}

/** "17 Aug", with the year when it is not the one of the latest traffic. */
function firstSeen({ firstSeenAt, lastSeenAt }: ClusterDetail): string {
  if (!firstSeenAt) return 'unknown';
  const day = formatDay(firstSeenAt);
  return lastSeenAt?.slice(0, 4) === firstSeenAt.slice(0, 4) ? day.replace(/ \d+$/, '') : day;
}
