'use client';

import { formatDuration, formatMoment } from '@/components/ui/format';
import { useNow } from '@/components/ui/now';

/** How long a proposal still waits, to the minute: "23 h 9 min". */
export function TimeLeft({ until }: { until: string }) {
  const seconds = (Date.parse(until) - useNow()) / 1000;
  return (
    <time dateTime={until} title={formatMoment(until)}>
      {seconds > 0 ? formatDuration(Math.max(60, seconds - (seconds % 60))) : 'now'}
    </time>
  );
}
