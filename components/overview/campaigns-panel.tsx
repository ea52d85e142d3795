import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf, formatShort, showInvisible } from '@/components/ui/format';
import type { VolumeDays } from '@/lib/clusters/fixed-sets';
import type { Volumes } from '@/lib/clusters/volume-schema';
import type { CampaignRow } from '@/lib/intel/schema';

const SHOWN = 5;

/** What the days of the chart hold of each campaign, and what no campaign has gathered yet. */
export function CampaignsPanel({
  campaigns,
  volumes,
  days,
}: {
  campaigns: readonly CampaignRow[];
  /** Null while they are read. */
  volumes: Volumes['campaigns'] | null;
  days: VolumeDays;
}) {
  if (campaigns.length === 0) return null;
  const volumeOf = (id: number | null) => volumes?.find(({ campaignId }) => campaignId === id);
  const rows = campaigns
    .toSorted((a, b) => (volumeOf(b.id)?.extracted ?? 0) - (volumeOf(a.id)?.extracted ?? 0))
    .slice(0, SHOWN);
  const none = volumeOf(null);
  const figure = (
    of: { extracted: number; prevented: number } | undefined,
    what: 'extracted' | 'prevented',
  ) => (volumes === null ? '…' : formatShort(of?.[what] ?? 0));
  return (
    <section className="panel" aria-labelledby="ov-campaigns">
      <header>
        <h2 id="ov-campaigns">Campaigns</h2>
        <span className="small mute">exchanges in these {formatOf(days, 'day')}</span>
        <Link className="push small link" href="/campaigns">
          All {formatCount(campaigns.length)}
        </Link>
      </header>
      <table className="grid rows-28 plain">
        <thead>
          <tr>
            <th scope="col">Campaign</th>
            <th scope="col" className="num">
              Clusters
            </th>
            <th scope="col" className="num">
              Accounts
            </th>
            <th scope="col" className="num">
              Extracted
            </th>
            <th scope="col" className="num">
              Prevented, est.
            </th>
            <th scope="col" className="num">
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((campaign) => (
            <tr key={campaign.id}>
              <td className="ov-name">
                <Link
                  className="link"
                  href={`/campaigns/${campaign.id}`}
                  prefetch={false}
                  title={showInvisible(campaign.name)}
                >
                  {showInvisible(campaign.name)}
                </Link>
              </td>
              <td className="num">
                <Link href={`/clusters?campaign=${campaign.id}`} prefetch={false}>
                  {formatCount(campaign.clusters)}
                </Link>
              </td>
              <td className="num">{formatCount(campaign.accounts)}</td>
              <td className="num">
                <b>{figure(volumeOf(campaign.id), 'extracted')}</b>
              </td>
              <td className="num">{figure(volumeOf(campaign.id), 'prevented')}</td>
              <td className="num soft">
                <Ago at={campaign.lastAt} />
              </td>
            </tr>
          ))}
          {none && (
            <tr>
              <td className="soft" colSpan={3}>
                In no campaign
              </td>
              <td className="num">{formatShort(none.extracted)}</td>
              <td className="num">{formatShort(none.prevented)}</td>
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
