'use client';

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { DAY, dayLabel, HOUR, type Timeline, type TimeRange } from './build-timeline';

const HEIGHT = 32;
/** Milliseconds: a range never gets shorter than this. */
const SHORTEST = 6 * HOUR;

type Grip = 'from' | 'to' | 'both';

/**
 * The whole age of a cluster in grey, the shown range as a window over it: drag its ends or its middle, or press
 * the arrow keys on an end. `onChange` is called when the hand lets go, so that the chart is drawn once.
 */
export function RangeBrush({
  overview,
  range,
  width,
  onChange,
}: {
  overview: Timeline;
  range: TimeRange;
  width: number;
  onChange: (range: TimeRange) => void;
}) {
  const span = overview.range;
  const [held, setHeld] = useState<{ grip: Grip; at: number; start: TimeRange; now: TimeRange } | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const shown = clampTo(held?.now ?? range, span);
  const toX = (at: number): number => ((at - span.from) / (span.to - span.from)) * width;
  const toTime = (pixels: number): number => (pixels / width) * (span.to - span.from);

  const grab = (grip: Grip) => (event: PointerEvent<SVGElement>) => {
    event.preventDefault();
    svg.current?.setPointerCapture(event.pointerId);
    setHeld({ grip, at: event.clientX, start: shown, now: shown });
  };
  const drag = (event: PointerEvent<SVGElement>) => {
    if (held) setHeld({ ...held, now: move(held.start, held.grip, toTime(event.clientX - held.at), span) });
  };
  const drop = () => {
    if (held && (held.now.from !== held.start.from || held.now.to !== held.start.to)) onChange(held.now);
    setHeld(null);
  };
  const press = (grip: Grip) => (event: KeyboardEvent<SVGElement>) => {
    const step = event.shiftKey ? 7 * DAY : DAY;
    const by = { ArrowLeft: -step, ArrowRight: step, Home: span.from - shown.to, End: span.to - shown.from }[
      event.key
    ];
    if (by === undefined) return;
    event.preventDefault();
    onChange(move(shown, grip, by, span));
  };

  const most = Math.max(1, ...overview.bins.map((bin) => bin.total));
  const bar = width / overview.bins.length;
  const left = toX(shown.from);
  const right = toX(shown.to);
  const handle = (grip: 'from' | 'to', x: number) => (
    <g
      className="brush-grip"
      role="slider"
      tabIndex={0}
      aria-label={grip === 'from' ? 'Start of the range shown' : 'End of the range shown'}
      aria-valuemin={Math.round(span.from / HOUR)}
      aria-valuemax={Math.round(span.to / HOUR)}
      aria-valuenow={Math.round(shown[grip] / HOUR)}
      aria-valuetext={dayLabel(shown[grip])}
      onPointerDown={grab(grip)}
      onKeyDown={press(grip)}
    >
      <rect x={x - 10} y="0" width="20" height={HEIGHT} fill="transparent" />
      <rect
        className="brush-handle"
        x={Math.min(Math.max(x - 3, 0), width - 6)}
        y="9"
        width="6"
        height="14"
        rx="2"
        fill="var(--accent)"
      />
    </g>
  );
  return (
    <svg
      ref={svg}
      className="brush"
      width={width}
      height={HEIGHT + 16}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={() => setHeld(null)}
    >
      <title>The whole age of the cluster; the window is what the chart shows</title>
      <path
        fill="var(--ink-2)"
        d={overview.bins
          .map((bin, i) => {
            const tall = bin.total === 0 ? 0 : Math.max(1, (bin.total / most) * (HEIGHT - 4));
            return (
              tall &&
              `M${(i * bar).toFixed(1)} ${HEIGHT}v-${tall.toFixed(1)}h${Math.max(bar - 1, 0.75).toFixed(1)}V${HEIGHT}z`
            );
          })
          .filter(Boolean)
          .join('')}
      />
      <path className="gl" d={`M0 ${HEIGHT + 0.5}h${width}`} />
      <rect
        className="brush-window"
        x={left + 0.5}
        y=".5"
        width={Math.max(right - left - 1, 1)}
        height={HEIGHT}
        fill="var(--accent)"
        fillOpacity=".1"
        stroke="var(--accent)"
        onPointerDown={grab('both')}
      />
      {handle('from', left)}
      {handle('to', right)}
      <text className="ax" x="0" y={HEIGHT + 14}>
        {dayLabel(span.from)}
      </text>
      <text className="ax" x={width} y={HEIGHT + 14} textAnchor="end">
        {dayLabel(span.to - HOUR)}
      </text>
    </svg>
  );
}

function clampTo({ from, to }: TimeRange, span: TimeRange): TimeRange {
  return { from: Math.max(from, span.from), to: Math.min(to, span.to) };
}

/** Moves one end or both by a time, inside the span, never shorter than a quarter of a day. */
function move(range: TimeRange, grip: Grip, by: number, span: TimeRange): TimeRange {
  const { from, to } = range;
  if (grip === 'from') return { from: Math.min(Math.max(from + by, span.from), to - SHORTEST), to };
  if (grip === 'to') return { from, to: Math.max(Math.min(to + by, span.to), from + SHORTEST) };
  const step = Math.min(Math.max(by, span.from - from), span.to - to);
  return { from: from + step, to: to + step };
}
