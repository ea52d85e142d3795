'use client';

import { Bar, ComposedChart, Line, Tooltip, usePlotArea, YAxis } from 'recharts';
import { formatMoment, formatShort } from '@/components/ui/format';
import { binLength, STACK, type Timeline, type TimelineBin, timeTicks } from './build-timeline';
import { layOutMarkers, type Marker } from './lay-out-markers';
import { MarkerLine } from './marker-line';
import { PLOT_HEIGHT, PLOT_LEFT } from './plot';

const TOP = 24;
const BOTTOM = 22;

/** Stacked bars by pattern class with the benign baseline and what happened beside it. Plain data in, no state. */
export function TimelineChart({
  timeline,
  markers,
  width,
  words,
  other,
}: {
  timeline: Timeline;
  markers: Marker[];
  width: number;
  /** The name of the cluster that it is compared with, or null. */
  other: string | null;
  /** What the bars count, "exchanges" or "output tokens". */
  words: string;
}) {
  const { bins, yTicks, hasBenign } = timeline;
  const wide = (width - PLOT_LEFT) / bins.length >= 4;
  return (
    <ComposedChart
      width={width}
      height={PLOT_HEIGHT}
      data={bins}
      margin={{ top: TOP, right: 0, bottom: BOTTOM, left: 0 }}
      barCategoryGap={wide ? 0.5 : 0}
      title={`${words} over time by pattern class, stacked; the table view holds the same figures`}
    >
      <Grid ticks={yTicks} />
      <YAxis
        width={PLOT_LEFT}
        domain={[0, yTicks.at(-1) ?? 1]}
        ticks={yTicks}
        interval={0}
        axisLine={false}
        tickLine={false}
        tick={<ValueTick />}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--hover)', stroke: 'none' }}
        content={({ active, payload }) => {
          const bin: TimelineBin | undefined = payload[0]?.payload;
          return active && bin ? <BinTip bin={bin} timeline={timeline} words={words} other={other} /> : null;
        }}
      />
      {STACK.map((layer, index) => (
        <Bar
          key={layer.patternClass}
          dataKey={(bin: TimelineBin) => bin.values[index] ?? 0}
          name={layer.label}
          stackId="classes"
          fill={layer.color}
          isAnimationActive={false}
          shape={({ x, y, width: across, height }) => (
            <Block x={x} y={y} width={across} height={height} fill={layer.color} />
          )}
        />
      ))}
      {hasBenign && (
        <Line
          {...BASELINE}
          dataKey="benignMean"
          className="base-h"
          stroke="var(--surface)"
          strokeWidth={4}
          strokeOpacity={0.75}
        />
      )}
      {hasBenign && (
        <Line
          {...BASELINE}
          dataKey="benignMean"
          name="benign, same size"
          stroke="var(--text)"
          strokeWidth={1.5}
          strokeDasharray="5 3"
        />
      )}
      {other !== null && (
        <Line {...BASELINE} dataKey="other" stroke="var(--surface)" strokeWidth={4} strokeOpacity={0.75} />
      )}
      {other !== null && (
        <Line
          {...BASELINE}
          dataKey="other"
          name={other}
          stroke="var(--text)"
          strokeWidth={2}
          strokeDasharray="1.5 2"
        />
      )}
      <Annotations timeline={timeline} markers={markers} />
    </ComposedChart>
  );
}

const BASELINE = { type: 'linear', dot: false, activeDot: false, isAnimationActive: false } as const;

/** One class of one bin, a pixel short of the next so that the classes part without lines. */
function Block({
  x,
  y,
  width,
  height,
  fill,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
}) {
  if (!(height > 0)) return null;
  return (
    <rect
      x={x}
      y={y}
      width={Math.max(width - (width > 3 ? 1 : 0), 0.75)}
      height={height > 3 ? height - 1 : Math.max(height, 0.75)}
      fill={fill}
    />
  );
}

function ValueTick({ x = 0, y = 0, payload }: { x?: number; y?: number; payload?: { value: number } }) {
  return (
    <text className="ax" x={x} y={y + 4} textAnchor="end">
      {formatShort(payload?.value ?? 0)}
    </text>
  );
}

function Grid({ ticks }: { ticks: number[] }) {
  const plot = usePlotArea();
  if (!plot) return null;
  const top = ticks.at(-1) || 1;
  return (
    <g>
      {ticks.map((tick) => {
        const y = Math.round(plot.y + plot.height * (1 - tick / top)) + 0.5;
        return <path key={tick} className="gl" d={`M${plot.x} ${y}h${plot.width}`} />;
      })}
    </g>
  );
}

function Annotations({ timeline, markers }: { timeline: Timeline; markers: Marker[] }) {
  const plot = usePlotArea();
  if (!plot) return null;
  const { bins, binHours, range } = timeline;
  const bottom = plot.y + plot.height;
  return (
    <g>
      <path d={`M${plot.x} ${Math.round(bottom) + 0.5}h${plot.width}`} stroke="var(--line-strong)" />
      {timeTicks(bins, binHours, plot.width).map((tick) => (
        <text
          key={tick.index}
          className="ax"
          x={plot.x + (tick.index / bins.length) * plot.width}
          y={bottom + 15}
        >
          {tick.label}
        </text>
      ))}
      <MarkerLine markers={layOutMarkers(markers, range, plot.width)} left={plot.x} bottom={bottom} />
    </g>
  );
}

function BinTip({
  bin,
  timeline,
  words,
  other,
}: {
  bin: TimelineBin;
  timeline: Timeline;
  words: string;
  other: string | null;
}) {
  const from = new Date(bin.from).toISOString();
  return (
    <div className="chart-tip">
      <p className="label">
        {formatMoment(from)}, {binLength(timeline.binHours)}
      </p>
      <table>
        <tbody>
          {STACK.map((layer, index) => ({ layer, value: bin.values[index] ?? 0 }))
            .filter(({ value }) => value > 0)
            .reverse()
            .map(({ layer, value }) => (
              <tr key={layer.patternClass}>
                <th scope="row">
                  <span className="swatch" style={{ background: layer.color }} /> {layer.label}
                </th>
                <td className="num">{formatShort(value)}</td>
              </tr>
            ))}
          <tr className="sum">
            <th scope="row">All {words}</th>
            <td className="num">{formatShort(bin.total)}</td>
          </tr>
          {timeline.hasBenign && (
            <tr>
              <th scope="row">Benign, same size</th>
              <td className="num">{formatShort(bin.benign)}</td>
            </tr>
          )}
          {other !== null && bin.other !== undefined && (
            <tr>
              <th scope="row">{other}</th>
              <td className="num">{formatShort(bin.other)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
