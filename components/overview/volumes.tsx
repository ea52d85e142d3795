'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatOf, formatShort } from '@/components/ui/format';
import { VOLUME_DAYS, type VolumeDays } from '@/lib/clusters/fixed-sets';
import type { Volumes } from '@/lib/clusters/volume-schema';
import type { CampaignRow } from '@/lib/intel/schema';
import { AbusePanel } from './abuse-panel';
import { CampaignsPanel } from './campaigns-panel';
import { VolumeBars } from './volume-bars';

const LABELS: Record<VolumeDays, string> = { 30: '30 d', 90: '90 d', 365: '1 y' };

/** What operations drew, what acts prevented, and through which doors they came; read after the first picture. */
export function VolumesSection({ campaigns }: { campaigns: CampaignRow[] }) {
  const [days, setDays] = useState<VolumeDays>(90);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['overview', days],
    queryFn: ({ signal }) => readJson<Volumes>(`/api/overview?days=${days}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <>
      <section className="panel" aria-labelledby="extraction">
        <header>
          <h2 id="extraction">Extraction</h2>
          <span className="small mute">exchanges a day</span>
          {data && (
            <span className="push small soft ov-legend">
              <i className="swatch ov-drawn" /> extracted <b>{formatShort(data.extracted)}</b>
              <i className="swatch ov-prevented" /> prevented, estimate <b>{formatShort(data.prevented)}</b>
            </span>
          )}
          <fieldset className={data ? 'seg' : 'seg push'} aria-label="Days shown">
            {VOLUME_DAYS.map((each) => (
              <button key={each} type="button" aria-pressed={days === each} onClick={() => setDays(each)}>
                {LABELS[each]}
              </button>
            ))}
          </fieldset>
        </header>
        <div className="body" data-stale={isPlaceholderData || undefined} aria-busy={!data && !error}>
          {error && (
            <p role="alert">
              {error.message}{' '}
              <Button className="low" onClick={() => void refetch()}>
                Try again
              </Button>
            </p>
          )}
          {!data && !error && <div className="ov-wait" />}
          {data && data.extracted + data.prevented === 0 && (
            <p className="soft">
              No cluster with both axes high drew anything in these {formatOf(days, 'day')}.
            </p>
          )}
          {data && data.extracted + data.prevented > 0 && <VolumeBars volumes={data} />}
        </div>
      </section>
      {data && <AbusePanel volumes={data} />}
      <CampaignsPanel campaigns={campaigns} volumes={data?.campaigns ?? null} days={days} />
    </>
  );
}
