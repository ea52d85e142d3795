'use client';

import type { RefCallback } from 'react';
import { later } from '@/components/ui/later';
import { PLOT_HEIGHT } from './plot';

const place = (watch: RefCallback<HTMLElement>) => (
  <div className="chart-coming" style={{ height: PLOT_HEIGHT }} aria-busy="true" ref={watch} />
);

/** The charts with their library: a third of all the page's scripts, for what is further down. */
export const LazyTimelineChart = later(
  () => import('./timeline-chart').then((loaded) => loaded.TimelineChart),
  place,
);
export const LazyAfterBans = later(() => import('./after-bans').then((loaded) => loaded.AfterBans), place);

export const LazyHandoff = later(() => import('./handoff-view').then((loaded) => loaded.HandoffView));
export const LazyWeekMap = later(() => import('./week-map').then((loaded) => loaded.WeekMap));
export const LazyTimelineTable = later(() =>
  import('./timeline-table').then((loaded) => loaded.TimelineTable),
);
