import { formatCount, formatMoment } from '@/components/ui/format';
import { HOUR, STACK, type Timeline } from './build-timeline';
import type { Marker } from './lay-out-markers';

/** The same figures as the chart, newest first, with what happened in each bin. */
export function TimelineTable({
  timeline,
  markers,
  other,
}: {
  timeline: Timeline;
  markers: Marker[];
  /** The name of the cluster that it is compared with, or null. */
  other: string | null;
}) {
  const { bins, binHours, hasBenign, sums } = timeline;
  const length = binHours * HOUR;
  // Classes without traffic in the range would only push the others out of sight; the legend names them with 0 %.
  const layers = STACK.map((layer, index) => ({ ...layer, layer: index }))
    .filter(({ layer }) => (sums[layer] ?? 0) > 0)
    .reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard
    <section className="chart-table" tabIndex={0} aria-label="Figures by bin">
      <table className="grid rows-28">
        <thead>
          <tr>
            <th scope="col">From, UTC</th>
            <th scope="col" className="num">
              All
            </th>
            {layers.map((layer) => (
              <th key={layer.patternClass} scope="col" className="num">
                <span className="swatch" style={{ background: layer.color }} /> {layer.label}
              </th>
            ))}
            {hasBenign && (
              <th scope="col" className="num">
                Benign, same size
              </th>
            )}
            {other !== null && (
              <th scope="col" className="num">
                {other}
              </th>
            )}
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {[...bins].reverse().map((bin) => (
            <tr key={bin.from}>
              <td>{formatMoment(new Date(bin.from).toISOString()).replace(' UTC', '')}</td>
              <td className="num">
                <b>{formatCount(bin.total)}</b>
              </td>
              {layers.map(({ patternClass, layer }) => (
                <td key={patternClass} className="num soft">
                  {formatCount(bin.values[layer] ?? 0)}
                </td>
              ))}
              {hasBenign && <td className="num soft">{formatCount(bin.benign)}</td>}
              {other !== null && (
                <td className="num soft">{bin.other === undefined ? '–' : formatCount(bin.other)}</td>
              )}
              <td className="soft">
                {markers
                  .filter(({ at }) => at >= bin.from && at < bin.from + length)
                  .map(({ label }) => label)
                  .join('; ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
