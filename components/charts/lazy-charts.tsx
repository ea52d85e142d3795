'use client';

import { later } from '@/components/ui/later';
import { PLOT_HEIGHT } from './plot';

const place = <div className="chart-coming" style={{ height: PLOT_HEIGHT }} aria-busy="true" />;

/** The charts with their library: a third of all the page's scripts, for what is further down. */
export const LazyTimelineChart = later(
  () => import('./timeline-chart').then((loaded) => loaded.TimelineChart),
  place,
);
export const LazyAfterBans = later(() => import('./after-bans').then((loaded) => loaded.AfterBans), place);
