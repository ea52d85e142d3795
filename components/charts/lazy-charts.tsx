'use client';

import dynamic from 'next/dynamic';
import { PLOT_HEIGHT } from './plot';

const Waiting = () => <div className="chart-coming" style={{ height: PLOT_HEIGHT }} aria-busy="true" />;

/** The charts with their library, fetched after the page: a fourth of all its scripts, and nothing to read without data. */
export const LazyTimelineChart = dynamic(
  () => import('./timeline-chart').then((loaded) => loaded.TimelineChart),
  { ssr: false, loading: Waiting },
);
export const LazyAfterBans = dynamic(() => import('./after-bans').then((loaded) => loaded.AfterBans), {
  ssr: false,
  loading: Waiting,
});
