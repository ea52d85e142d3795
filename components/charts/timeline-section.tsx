'use client';

import { useQuery } from '@tanstack/react-query';
import { ChartColumnStacked, Table2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import {
  binHoursFor,
  binWords,
  buildTimeline,
  DAY,
  HOUR,
  lastDays,
  type Measure,
  STACK,
  type TimeRange,
  timelineSpan,
} from './build-timeline';
import './charts.css';
import { markersIn } from './lay-out-markers';
import { RangeBrush } from './range-brush';
import { PLOT_LEFT, TimelineChart } from './timeline-chart';
import { TimelineTable } from './timeline-table';
import { useWidth } from './use-width';

const RANGES = [
  { label: '7 d', days: 7 },
  { label: '30 d', days: 30 },
  { label: 'all', days: null },
] as const;
const MEASURES: { measure: Measure; label: string; words: string }[] = [
  { measure: 'exchanges', label: 'Exchanges', words: 'exchanges' },
  { measure: 'outputTokens', label: 'Tokens', words: 'output tokens' },
];
const OVERVIEW_BARS = 160;

/** The prompt-pattern timeline of a cluster or a campaign: what, how much and when, with releases, bans and decisions
 * beside it. @param source where it is read anew */
export function TimelineSection({ source, initial }: { source: string; initial: ClusterTimeline }) {
  const { data } = useQuery({
    queryKey: ['timeline', source],
    queryFn: ({ signal }) => readJson<ClusterTimeline>(source, signal),
    initialData: initial,
    staleTime: 60_000,
  });
  const [measure, setMeasure] = useState<Measure>('exchanges');
  const [days, setDays] = useState<number | null | 'own'>(30);
  const [own, setOwn] = useState<TimeRange | null>(null);
  const [asTable, setAsTable] = useState(false);
  const [ref, width] = useWidth<HTMLDivElement>();
  const span = useMemo(() => timelineSpan(data), [data]);
  const range = useMemo(() => {
    if (!span) return null;
    if (days === 'own' && own) return own;
    return typeof days === 'number' ? lastDays(span, days) : span;
  }, [span, days, own]);
  const timeline = useMemo(() => range && buildTimeline(data, range, measure), [data, range, measure]);
  const overview = useMemo(() => {
    if (!span) return null;
    const hours =
      [1, 3, 6, 12, 24].find((size) => (span.to - span.from) / (size * HOUR) <= OVERVIEW_BARS) ?? 24;
    return buildTimeline(data, span, measure, hours);
  }, [data, span, measure]);
  const markers = timeline ? markersIn(data, timeline.range) : [];
  const words = MEASURES.find((each) => each.measure === measure)?.words ?? '';

  return (
    <section className="sec" id="timeline" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">Timeline</h2>
        {timeline && <span className="small mute">{binWords(timeline.binHours)}, UTC</span>}
        <span className="push" />
        <fieldset className="seg" aria-label="What is counted">
          {MEASURES.map((each) => (
            <button
              key={each.measure}
              type="button"
              aria-pressed={measure === each.measure}
              onClick={() => setMeasure(each.measure)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
        <fieldset className="seg" aria-label="Range">
          {RANGES.map((each) => (
            <button
              key={each.label}
              type="button"
              aria-pressed={days === each.days}
              onClick={() => setDays(each.days)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
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
      </header>
      {!timeline || !overview || !range ? (
        <p className="chart-empty">
          No exchanges of these accounts are kept, so there is no timeline. The evidence above stands without
          it.
        </p>
      ) : (
        <div className="pad" ref={ref}>
          {asTable ? (
            <TimelineTable timeline={timeline} markers={markers} />
          ) : (
            <div className="chart-box">
              {width > PLOT_LEFT && (
                <>
                  <TimelineChart timeline={timeline} markers={markers} width={width} words={words} />
                  <div style={{ marginLeft: PLOT_LEFT }}>
                    <RangeBrush
                      overview={overview}
                      range={range}
                      width={width - PLOT_LEFT}
                      onChange={(chosen) => {
                        const size = binHoursFor(chosen) * HOUR;
                        setOwn({
                          from: Math.round(chosen.from / size) * size,
                          to: Math.max(
                            Math.round(chosen.to / size) * size,
                            Math.round(chosen.from / size) * size + Math.min(size, DAY),
                          ),
                        });
                        setDays('own');
                      }}
                    />
                  </div>
                </>
              )}
            </div>
          )}
          <Legend sums={timeline.sums} total={timeline.total} benign={timeline.hasBenign} />
        </div>
      )}
    </section>
  );
}

/** Shares beside each other in whole per cent, so that they add up: "54 %", "<1 %", "0 %". */
function wholePercent(share: number): string {
  return share > 0 && share < 0.005 ? '<1\u00a0%' : `${Math.round(share * 100)}\u00a0%`;
}

function Legend({ sums, total, benign }: { sums: number[]; total: number; benign: boolean }) {
  return (
    <div className="legend chart-legend">
      {[...STACK.slice(1), STACK[0]!].map((layer) => {
        const value = sums[STACK.indexOf(layer)] ?? 0;
        return (
          <span key={layer.patternClass} className={value === 0 ? 'mute' : undefined}>
            <span className="swatch" style={{ background: layer.color }} />
            {layer.label} <span className="mute">{total === 0 ? '–' : wholePercent(value / total)}</span>
          </span>
        );
      })}
      {benign && (
        <span>
          <svg width="18" height="6" aria-hidden="true">
            <path d="M0 3h18" stroke="var(--text)" strokeWidth="1.5" strokeDasharray="5 3" />
          </svg>
          benign, same size, mean of a day
        </span>
      )}
    </div>
  );
}
