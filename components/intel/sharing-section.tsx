'use client';

import Link from 'next/link';
import { useDesk } from '@/components/shell/desk-context';
import type { ShareRow } from '@/lib/intel/share-schema';
import { ShareTable } from './share-table';

/** What of a campaign left for partners, and the way to share it. */
export function SharingSection({ campaignId, shares }: { campaignId: number; shares: ShareRow[] }) {
  const { may } = useDesk();
  return (
    <section className="sec" id="sharing" aria-labelledby="sharing-title">
      <header>
        <h2 id="sharing-title">Sharing</h2>
        <span className="small mute">STIX 2.1; leaves only when a second person has approved it</span>
        <span className="push" />
        {may('share.propose') && (
          <Link className="btn" href={`/campaigns/${campaignId}/share`}>
            Share with partners…
          </Link>
        )}
      </header>
      {shares.length === 0 ? (
        <p className="cl-none">Nothing of it has left the house.</p>
      ) : (
        <ShareTable rows={shares} />
      )}
    </section>
  );
}
