'use client';

import { ChartColumnStacked, Table2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import { buildAfterBans } from './build-after-bans';
import { binWords } from './build-timeline';
import './charts.css';
import { markersIn } from './lay-out-markers';
import { LazyAfterBans, LazyHandoff, LazyTimelineChart, LazyTimelineTable, LazyWeekMap } from './lazy-charts';
import { PLOT_LEFT } from './plot';
import { RangeBrush } from './range-brush';
import { TimelineLegend } from './timeline-legend';
import { CompareChoice, MEASURES, MeasureChoice, type OtherCluster, RangeChoice } from './timeline-tools';
import { usePinch } from './use-pinch';
import { type TimelineState, useTimeline } from './use-timeline';
import { useWidth } from './use-width';

type View = 'classes' | 'week' | 'handoff' | 'bans';

/** The prompt-pattern timeline of a cluster or a campaign: what, how much and when, with releases, bans and decisions
 * beside it. @param source where it is read anew @param handoff where it is told who is active when, where that is known */
export function TimelineSection({
  source,
  initial,
  others = [],
  handoff,
}: {
  source: string;
  initial: ClusterTimeline;
  others?: readonly OtherCluster[];
  handoff?: string;
}) {
  const state = useTimeline(source, initial);
  const { data, timeline, range, span, measure, error } = state;
  const [view, setView] = useState<View>('classes');
  const [asTable, setAsTable] = useState(false);
  const [ref, width] = useWidth<HTMLDivElement>();
  const words = MEASURES.find((each) => each.measure === measure)?.words ?? '';
  const views: { view: View; label: string }[] = [
    { view: 'classes', label: 'Classes' },
    { view: 'week', label: 'Week' },
    ...(handoff ? [{ view: 'handoff' as const, label: 'Hand-off' }] : []),
    { view: 'bans', label: 'After bans' },
  ];

  return (
    <section className="sec" id="timeline" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">Timeline</h2>
        {timeline && view === 'classes' && (
          <span className="small mute clip">{binWords(timeline.binHours)}, UTC</span>
        )}
        <span className="push" />
        {view !== 'handoff' && <MeasureChoice state={state} />}
        {(view === 'classes' || view === 'week') && <RangeChoice state={state} />}
        {view === 'classes' && (
          <Button
            variant="ghost"
            icon
            className="short"
            aria-pressed={asTable}
            aria-label={asTable ? 'Show as chart' : 'Show as table'}
            title={asTable ? 'Show as chart' : 'Show as table'}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? (
              <ChartColumnStacked className="i" aria-hidden="true" />
            ) : (
              <Table2 className="i" aria-hidden="true" />
            )}
          </Button>
        )}
      </header>
      <div className="chart-views">
        <fieldset className="seg" aria-label="View">
          {views.map((each) => (
            <button
              key={each.view}
              type="button"
              aria-pressed={view === each.view}
              onClick={() => setView(each.view)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
        <span className="push" />
        {view === 'classes' && <CompareChoice state={state} others={others} />}
      </div>
      {error && (
        <p className="chart-stale small" role="status">
          Not refreshed: {error.message}
        </p>
      )}
      {!timeline || !range ? (
        <p className="chart-empty">
          No exchanges of these accounts are kept, so there is no timeline. The evidence above stands without
          it.
        </p>
      ) : (
        <div className="pad" ref={ref}>
          {view === 'classes' && (
            <Classes state={state} asTable={asTable} width={width} words={words} others={others} />
          )}
          {view === 'week' && <LazyWeekMap data={data} range={range} measure={measure} words={words} />}
          {view === 'handoff' && handoff && <LazyHandoff source={handoff} />}
          {view === 'bans' && (
            <LazyAfterBans bans={buildAfterBans(data, span, measure)} width={width} words={words} />
          )}
        </div>
      )}
    </section>
  );
}

function Classes({
  state,
  asTable,
  width,
  words,
  others,
}: {
  state: TimelineState;
  asTable: boolean;
  width: number;
  words: string;
  others: readonly OtherCluster[];
}) {
  const { data, timeline, overview, range, otherId, otherError } = state;
  const pinch = usePinch<HTMLDivElement>(PLOT_LEFT, state.zoom);
  if (!timeline || !overview || !range) return null;
  const markers = markersIn(data, timeline.range);
  const other = others.find(({ id }) => id === otherId);
  return (
    <>
      {asTable ? (
        <LazyTimelineTable timeline={timeline} markers={markers} other={other?.name ?? null} />
      ) : (
        <div className="chart-box" ref={pinch}>
          {width > PLOT_LEFT && (
            <>
              <LazyTimelineChart
                timeline={timeline}
                markers={markers}
                width={width}
                words={words}
                other={other?.name ?? null}
              />
              <div style={{ marginLeft: PLOT_LEFT }}>
                <RangeBrush
                  overview={overview}
                  range={range}
                  width={width - PLOT_LEFT}
                  onChange={state.showRange}
                />
              </div>
            </>
          )}
        </div>
      )}
      {otherError && (
        <p className="small chart-stale" role="alert">
          {other?.name} could not be read: {otherError.message}
        </p>
      )}
      <TimelineLegend timeline={timeline} other={other?.name ?? null} />
    </>
  );
}
