import { formatPercent, formatShort } from '@/components/ui/format';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import type { Measure, TimeRange } from './build-timeline';
import { buildWeek, WEEKDAYS } from './build-week';

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;
/** Darkest ink in per cent: text on it is not written, so no contrast is lost. */
const DARKEST = 88;

/** Hour of the day by weekday: a table whose cells are inked by how much was sent. */
export function WeekMap({
  data,
  range,
  measure,
  words,
}: {
  data: ClusterTimeline;
  range: TimeRange;
  measure: Measure;
  words: string;
}) {
  const week = buildWeek(data, range, measure);
  if (!week) return <p className="chart-empty">Nothing was sent in this range. Choose a longer one.</p>;
  const { busiest, weekend, weeks } = week;
  return (
    <div className="week">
      <p className="small soft">
        Busiest eight hours {clock(busiest.from)}–{clock(busiest.from + 8)} UTC hold{' '}
        <b>{formatPercent(busiest.share)}</b>, even {formatPercent(1 / 3)}
        {busiest.benignShare !== null && <>, benign accounts {formatPercent(busiest.benignShare)}</>}.
        Weekends hold <b>{formatPercent(weekend)}</b>, even {formatPercent(2 / 7)}.
        {weeks < 2 && ' Less than two weeks are in this range: a single day shows as a habit.'}
      </p>
      <table aria-label={`${words}, mean by hour and weekday, UTC`}>
        <thead>
          <tr>
            <td />
            {Array.from({ length: 24 }, (_, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the hour is what it is
              <th key={hour} scope="col">
                {hour % 3 === 0 ? (
                  clock(hour).slice(0, 2)
                ) : (
                  <span className="vh">{clock(hour).slice(0, 2)}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {week.cells.map((row, day) => (
            <tr key={WEEKDAYS[day]}>
              <th scope="row">{WEEKDAYS[day]}</th>
              {row.map((cell, hour) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: the hour is what it is
                  key={hour}
                  style={{
                    background: `color-mix(in srgb, var(--text) ${((cell.mean / week.most) * DARKEST).toFixed(1)}%, var(--sunken))`,
                  }}
                  title={`${WEEKDAYS[day]} ${clock(hour)}: ${formatShort(cell.mean)} ${words}${cell.benign > 0 ? `, benign ${formatShort(cell.benign)}` : ''}`}
                >
                  <span className="vh">{formatShort(cell.mean)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="week-key small mute">
        <span>0</span>
        <span className="week-ramp" />
        <span>
          {formatShort(week.most)} {words} an hour, mean
        </span>
      </p>
    </div>
  );
}
