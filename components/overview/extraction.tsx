import { niceTicks } from '@/components/charts/build-timeline';
import { formatCount, formatOf, formatShort } from '@/components/ui/format';
import type { ExtractionDays } from './sum-sparks';

/** Days back that are labelled below the bars. */
const WEEKS = [28, 21, 14, 7];

/** What clusters with both axes high draw from the model, day by day. */
export function Extraction({ days, releaseAt, clusters }: ExtractionDays) {
  const total = days.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const ticks = niceTicks(Math.max(...days));
  const top = ticks.at(-1) ?? 1;
  const place = (index: number): string => `${(index / days.length) * 100}%`;
  return (
    <section className="panel" aria-labelledby="extraction">
      <header>
        <h2 id="extraction">Extraction</h2>
        <span className="small mute clip">exchanges a day in clusters with both axes high</span>
        <span className="push small soft">
          <b>{formatShort(total)}</b> in {days.length} days, {formatOf(clusters, 'cluster')}
        </span>
      </header>
      <div className="body">
        <div
          className="exd"
          role="img"
          aria-label={`${formatCount(total)} exchanges in ${days.length} days, at most ${formatCount(Math.max(...days))} on one day; the table below has each`}
        >
          {ticks.map((tick) => (
            <span key={tick} className="exd-line" style={{ bottom: `${(tick / top) * 100}%` }}>
              <span className="exd-tick">{formatShort(tick)}</span>
            </span>
          ))}
          <div className="exd-bars">
            {days.map((value, index) => (
              <i
                // biome-ignore lint/suspicious/noArrayIndexKey: a day is its position
                key={index}
                className={releaseAt !== null && index < releaseAt ? 'before' : undefined}
                style={{ height: `${(value / top) * 100}%` }}
                title={`${dayWords(days.length - 1 - index)}: ${formatOf(value, 'exchange')}`}
              />
            ))}
          </div>
          {releaseAt !== null && (
            <span className="exd-release" style={{ left: place(releaseAt) }}>
              <span>model release</span>
            </span>
          )}
          {WEEKS.filter((back) => back < days.length).map((back) => (
            <span key={back} className="exd-day" style={{ left: place(days.length - 1 - back) }}>
              {back} d ago
            </span>
          ))}
          <span className="exd-day last">last day</span>
        </div>
        <details className="exd-table">
          <summary className="small link">As a table</summary>
          <table className="grid plain rows-28">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" className="num">
                  Exchanges
                </th>
              </tr>
            </thead>
            <tbody>
              {days
                .map((value, index) => ({ value, back: days.length - 1 - index }))
                .reverse()
                .map(({ value, back }) => (
                  <tr key={back}>
                    <td>{dayWords(back)}</td>
                    <td className="num">{formatCount(value)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </details>
      </div>
    </section>
  );
}

/** Days are told from the newest record back, which is where the latest run's window ends. */
function dayWords(back: number): string {
  return back === 0 ? 'last day, so far' : `${formatOf(back, 'day')} before the last`;
}
