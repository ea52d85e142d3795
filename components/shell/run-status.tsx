'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { formatAge, formatCount, formatDuration, formatMoment } from '@/components/ui/format';
import { useNow } from '@/components/ui/now';
import { Tooltip } from '@/components/ui/tooltip';
import type { DeskStatus } from '@/lib/clusters/overview-schema';
import { freshnessOf } from './freshness';

/** The nav's foot: when detection ran, over how much, how far the records are behind. Stale: triangle and words. */
export function RunStatus({ status, problem }: { status: DeskStatus; problem: string | null }) {
  const now = useNow();
  const { detection, lastRecordAt } = status;
  const fresh = freshnessOf(status, now);
  const warning = problem ?? (fresh.stale ? fresh.words : null);
  return (
    <>
      {warning !== null && (
        <Tooltip content={warning} side="right">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: in the folded nav the words are reached by keyboard here */}
          <span className="run-mini" tabIndex={0} role="img" aria-label={warning}>
            <TriangleAlert className="i" aria-hidden="true" />
          </span>
        </Tooltip>
      )}
      <div className="run">
        {detection ? (
          <Link href="/detection" title={`${formatMoment(detection.finishedAt)}: what it left out, and why`}>
            <b>Detection ran {formatAge(now - Date.parse(detection.finishedAt))} ago</b>
            <br />
            {formatCount(detection.accounts)} accounts, {formatDuration(detection.seconds)}
          </Link>
        ) : (
          <b>Detection has not run yet</b>
        )}
        <br />
        {lastRecordAt ? (
          <span title={`Newest record: ${formatMoment(lastRecordAt)}`}>
            Records {formatAge(now - Date.parse(lastRecordAt))} behind
          </span>
        ) : (
          'No records yet'
        )}
        {warning !== null && (
          <span className="run-stale" role="status">
            <TriangleAlert className="i" aria-hidden="true" />
            {warning}
          </span>
        )}
      </div>
    </>
  );
}
