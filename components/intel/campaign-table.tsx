'use client';

import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf, formatShort, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { useRowKeys } from '@/components/ui/use-row-keys';
import { campaignRef, confidenceWords } from '@/lib/intel/rules';
import type { AttributionSummary, CampaignRow } from '@/lib/intel/schema';

/** Campaigns, the most exchanges first; j and k move, enter opens. */
export function CampaignTable({ rows }: { rows: CampaignRow[] }) {
  const { at, table } = useRowKeys(rows.map((row) => `/campaigns/${row.id}`));
  return (
    <table className="grid rows-40 in-list" ref={table}>
      <thead>
        <tr>
          <th scope="col">Campaign</th>
          <th scope="col" className="num">
            Clusters
          </th>
          <th scope="col" className="num">
            Accounts
          </th>
          <th scope="col" className="num sorted">
            Exchanges
          </th>
          <th scope="col" className="num">
            Output tokens
          </th>
          <th scope="col" className="num">
            Last active
          </th>
          <th scope="col">Attributed to</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            data-row={`/campaigns/${row.id}`}
            className={at === `/campaigns/${row.id}` ? 'at' : undefined}
          >
            <td className="p-what">
              <Link href={`/campaigns/${row.id}`} className="p-open clip">
                <RawText>{row.name}</RawText>
              </Link>
              <span className="small mute clip">
                {campaignRef(row.id)}
                {row.summary !== '' && <bdi> · {showInvisible(row.summary.replaceAll(/\s+/g, ' '))}</bdi>}
              </span>
            </td>
            <td className="num">{formatCount(row.clusters)}</td>
            <td className="num">{formatCount(row.accounts)}</td>
            <td className="num">{formatShort(row.exchanges)}</td>
            <td className="num">{formatShort(row.outputTokens)}</td>
            <td className="num soft">
              <Ago at={row.lastAt} />
            </td>
            <td className="p-what">
              <Attributed {...row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Attributed({ attributed, standing }: AttributionSummary) {
  if (!attributed)
    return (
      <span className="mute">
        {standing === 0 ? 'nobody' : `${formatOf(standing, 'hypothesis', 'hypotheses')}`}
      </span>
    );
  return (
    <>
      <RawText>{attributed.actor}</RawText>
      <span className="small mute">
        {attributed.confidence} of 100, {confidenceWords(attributed.confidence)}
        {standing > 1 && ` · ${standing - 1} competing`}
      </span>
    </>
  );
}
