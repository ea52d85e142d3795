import type { ReactNode } from 'react';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDay, formatOf, formatPercent, formatShort } from '@/components/ui/format';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import type { CampaignDetail } from '@/lib/intel/schema';
import { PATTERN_CLASS_LABELS, PATTERN_CLASSES } from '@/lib/records/pattern-classes';

/** What is at stake, in one strip; each figure with what it is to be compared with. */
export function CampaignFacts({
  campaign,
  timeline,
}: {
  campaign: CampaignDetail;
  timeline: ClusterTimeline;
}) {
  const { volume, clusters } = campaign;
  const counted = clusters.filter((cluster) => cluster.counts);
  const confirmed = counted.filter((cluster) => cluster.status === 'confirmed').length;
  const benign = timeline.benign.reduce((sum, hour) => sum + hour.exchanges, 0);
  const capability = strongestClass(timeline);
  return (
    <dl className="facts cl-facts">
      <Fact name="Clusters" value={formatCount(counted.length)}>
        {confirmed === counted.length ? 'all confirmed' : `${confirmed} confirmed`}
      </Fact>
      <Fact name="Accounts" value={formatCount(volume.accounts)}>
        each counted once
      </Fact>
      <Fact name="Exchanges" value={formatShort(volume.exchanges)}>
        {benign > 0 && `${formatRatio(volume.exchanges / benign)} × benign of this size`}
      </Fact>
      <Fact name="Output tokens" value={formatShort(volume.outputTokens)}>
        {`${formatShort(volume.inputTokens)} in`}
      </Fact>
      <Fact name="Capability sought" value={capability ? capability.label : '–'}>
        {capability && `${formatPercent(capability.share)} of exchanges`}
      </Fact>
      <Fact name="Active" value={volume.firstAt ? formatDay(volume.firstAt) : '–'}>
        {volume.lastAt && (
          <>
            to <Ago at={volume.lastAt} ago />
          </>
        )}
        {volume.firstAt && volume.lastAt && `, ${formatOf(days(volume.firstAt, volume.lastAt), 'day')}`}
      </Fact>
    </dl>
  );
}

const DAY_MS = 86_400_000;
const days = (from: string, to: string) => Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

const formatRatio = (ratio: number) => (ratio < 9.95 ? ratio.toFixed(1) : formatCount(ratio));

function Fact({ name, value, children }: { name: string; value: string; children?: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="clip">
        {value} <small>{children}</small>
      </dd>
    </div>
  );
}

/** The class with the most exchanges beside "other", which says nothing of what is sought. */
function strongestClass({ hours }: ClusterTimeline): { label: string; share: number } | null {
  const sums = PATTERN_CLASSES.map((_, index) =>
    hours.reduce((sum, hour) => sum + (hour.exchanges[index] ?? 0), 0),
  );
  const total = sums.reduce((sum, value) => sum + value, 0);
  const named = PATTERN_CLASSES.map((name, index) => ({ name, value: sums[index] ?? 0 }))
    .filter(({ name }) => name !== 'other')
    .sort((a, b) => b.value - a.value)[0];
  if (!named || named.value === 0) return null;
  return { label: PATTERN_CLASS_LABELS[named.name], share: named.value / total };
}
