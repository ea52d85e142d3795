import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatShort, showInvisible } from '@/components/ui/format';
import type { CampaignRow } from '@/lib/intel/schema';

const SHOWN = 5;

/** The campaigns that drew most. */
export function CampaignsPanel({ campaigns }: { campaigns: CampaignRow[] }) {
  if (campaigns.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="ov-campaigns">
      <header>
        <h2 id="ov-campaigns">Campaigns</h2>
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
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {campaigns.slice(0, SHOWN).map((campaign) => (
            <tr key={campaign.id}>
              <td className="ov-name">
                <Link className="link" href={`/campaigns/${campaign.id}`} prefetch={false}>
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
                <b>{formatShort(campaign.exchanges)}</b>
              </td>
              <td className="num soft">
                <Ago at={campaign.lastAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
