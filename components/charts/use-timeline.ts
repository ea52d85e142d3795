'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import {
  binHoursFor,
  buildTimeline,
  compareWith,
  HOUR,
  lastDays,
  type Measure,
  type TimeRange,
  timelineSpan,
  zoomRange,
} from './build-timeline';

const OVERVIEW_BARS = 160;

/** A timeline's figures, the range that is shown of them, and what they are compared with. */
export function useTimeline(source: string, initial: ClusterTimeline) {
  const { data, error } = useQuery({
    queryKey: ['timeline', source],
    queryFn: ({ signal }) => readJson<ClusterTimeline>(source, signal),
    initialData: initial,
    staleTime: 60_000,
  });
  const [measure, setMeasure] = useState<Measure>('exchanges');
  const [days, setDays] = useState<number | null | 'own'>(30);
  const [own, setOwn] = useState<TimeRange | null>(null);
  const [otherId, setOtherId] = useState<number | null>(null);
  const other = useQuery({
    queryKey: ['timeline', `/api/clusters/${otherId}/timeline`],
    queryFn: ({ signal }) => readJson<ClusterTimeline>(`/api/clusters/${otherId}/timeline`, signal),
    enabled: otherId !== null,
    staleTime: 60_000,
  });
  const span = useMemo(() => timelineSpan(data), [data]);
  const range = useMemo(() => {
    if (!span) return null;
    if (days === 'own' && own) return own;
    return typeof days === 'number' ? lastDays(span, days) : span;
  }, [span, days, own]);
  const timeline = useMemo(() => {
    if (!range) return null;
    const built = buildTimeline(data, range, measure);
    return otherId !== null && other.data ? compareWith(built, other.data, measure) : built;
  }, [data, range, measure, otherId, other.data]);
  const overview = useMemo(() => {
    if (!span) return null;
    const hours =
      [1, 3, 6, 12, 24].find((size) => (span.to - span.from) / (size * HOUR) <= OVERVIEW_BARS) ?? 24;
    return buildTimeline(data, span, measure, hours);
  }, [data, span, measure]);
  const show = (chosen: TimeRange) => {
    setOwn(chosen);
    setDays('own');
  };
  return {
    data,
    /** A refresh that failed: what is shown is from before. */
    error,
    measure,
    setMeasure,
    days,
    setDays,
    span,
    range,
    timeline,
    overview,
    otherId,
    setOtherId,
    otherError: otherId === null ? null : other.error,
    /** A range that was dragged, on whole bins. */
    showRange: (chosen: TimeRange) => {
      const size = binHoursFor(chosen) * HOUR;
      const from = Math.round(chosen.from / size) * size;
      show({ from, to: Math.max(Math.round(chosen.to / size) * size, from + size) });
    },
    /** @param about 0 to 1 across what is shown */
    zoom: (factor: number, about = 1) => {
      if (span && range) show(zoomRange(range, span, factor, range.from + about * (range.to - range.from)));
    },
  };
}

export type TimelineState = ReturnType<typeof useTimeline>;
