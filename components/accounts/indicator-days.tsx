import { formatCount, formatDay, formatOf } from '@/components/ui/format';
import type { IndicatorDetail } from '@/lib/clusters/indicator-schema';

const DAY_MS = 86_400_000;

/** Accounts a day that were seen with it; those that had never been are dark. */
export function IndicatorDays({ days }: { days: IndicatorDetail['days'] }) {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  const all = everyDay(days);
  const most = Math.max(...days.map((day) => day.accounts));
  return (
    <section className="panel" aria-labelledby="days-title">
      <header>
        <h2 id="days-title">Accounts over time</h2>
        <span className="small mute">a day, UTC</span>
        <span className="push" />
        <span className="small soft a-line">
          <i className="swatch a-fresh" /> for the first time <i className="swatch a-again" /> again
        </span>
      </header>
      <figure className="a-over">
        <div
          className="a-bins"
          role="img"
          aria-label={`Accounts a day from ${formatDay(first.day)} to ${formatDay(last.day)}; at most ${most}`}
        >
          <span className="a-most ax-t">{formatCount(most)}</span>
          <span className="a-least ax-t">0</span>
          {all.map(({ day, accounts, fresh }) => (
            <span
              key={day}
              className="a-two"
              style={{ height: accounts === 0 ? 0 : `max(2px, ${(accounts / most) * 100}%)` }}
              title={`${formatDay(day)}: ${formatOf(accounts, 'account')}, ${formatCount(fresh)} for the first time`}
            >
              <b style={{ height: accounts === 0 ? 0 : `${(fresh / accounts) * 100}%` }} />
            </span>
          ))}
        </div>
        <div className="a-axis ax-t">
          <span>{formatDay(all[0]?.day ?? first.day)}</span>
          <span>{formatDay(last.day)}</span>
        </div>
        <details className="a-details">
          <summary className="small link">As a table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Day, UTC</th>
                <th scope="col" className="num">
                  Accounts
                </th>
                <th scope="col" className="num">
                  First time
                </th>
                <th scope="col" className="num">
                  Times
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, accounts, fresh, count }) => (
                <tr key={day}>
                  <td>{formatDay(day)}</td>
                  <td className="num">{formatCount(accounts)}</td>
                  <td className="num">{formatCount(fresh)}</td>
                  <td className="num">{formatCount(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figure>
    </section>
  );
}

/** The days between, too: a gap is part of the picture. */
function everyDay(days: IndicatorDetail['days']): IndicatorDetail['days'] {
  const known = new Map(days.map((day) => [day.day, day]));
  const from = Date.parse(days[0]?.day ?? '');
  const to = Date.parse(days.at(-1)?.day ?? '');
  const all: IndicatorDetail['days'] = [];
  // At least a month, so that two days do not look like a wall; at most a year, or bars would be thinner than a pixel.
  for (let time = Math.min(Math.max(from, to - 365 * DAY_MS), to - 29 * DAY_MS); time <= to; time += DAY_MS) {
    const day = new Date(time).toISOString().slice(0, 10);
    all.push(known.get(day) ?? { day, accounts: 0, fresh: 0, count: 0 });
  }
  return all;
}
