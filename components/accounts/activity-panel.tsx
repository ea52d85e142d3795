import { STACK } from '@/components/charts/build-timeline';
import { formatCount, formatDay, formatOf, formatPercent, formatShort } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AccountDetail } from '@/lib/clusters/account-schema';

/** What the account sent: by day up to its last one, and by prompt pattern and model in all. */
export function ActivityPanel({ account }: { account: AccountDetail }) {
  const { days, classes, models } = account;
  const first = days[0];
  const last = days.at(-1);
  const most = Math.max(1, ...days.map((day) => day.exchanges));
  const total = Math.max(
    1,
    classes.reduce((sum, row) => sum + row.exchanges, 0),
  );
  if (!first || !last) {
    return (
      <section className="panel" aria-labelledby="activity-title">
        <header>
          <h2 id="activity-title">Exchanges</h2>
        </header>
        <p className="body soft">
          No exchange of this account came in: what is known of it stems from other records.
        </p>
      </section>
    );
  }
  const sum = days.reduce((all, day) => all + day.exchanges, 0);
  const active = days.filter((day) => day.exchanges > 0).length;
  return (
    <section className="panel" aria-labelledby="activity-title">
      <header>
        <h2 id="activity-title">Exchanges</h2>
        <span className="small mute">a day, the 30 days up to its last</span>
        <span className="push" />
        <span className="small soft">
          {formatCount(sum)} on {formatOf(active, 'active day')}
        </span>
      </header>
      <div className="a-activity">
        <figure>
          <div
            className="a-bins"
            role="img"
            aria-label={`Exchanges a day from ${formatDay(first.day)} to ${formatDay(last.day)}; at most ${most}`}
          >
            <span className="a-most ax-t">{formatCount(most)}</span>
            <span className="a-least ax-t">0</span>
            {days.map(({ day, exchanges }) => (
              <i
                key={day}
                style={{ height: exchanges === 0 ? 0 : `max(2px, ${(exchanges / most) * 100}%)` }}
                title={`${formatDay(day)}: ${formatOf(exchanges, 'exchange')}`}
              />
            ))}
          </div>
          <div className="a-axis ax-t">
            <span>{formatDay(first.day)}</span>
            <span>{formatDay(last.day)}</span>
          </div>
          <details className="a-details">
            <summary className="small link">As a table</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">Day, UTC</th>
                  <th scope="col" className="num">
                    Exchanges
                  </th>
                </tr>
              </thead>
              <tbody>
                {days
                  .filter((day) => day.exchanges > 0)
                  .map(({ day, exchanges }) => (
                    <tr key={day}>
                      <td>{formatDay(day)}</td>
                      <td className="num">{formatCount(exchanges)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </details>
        </figure>
        <div>
          <h3 className="label">Prompt patterns</h3>
          <ul className="a-shares">
            {classes.map((row) => {
              const known = STACK.find((each) => each.index === row.class);
              return (
                <li key={row.class}>
                  <i className="swatch" style={{ background: known?.color }} />
                  <span className="clip">{known?.label ?? 'Other'}</span>
                  <span className="num">{formatShort(row.exchanges)}</span>
                  <span className="num mute">{formatPercent(row.exchanges / total)}</span>
                </li>
              );
            })}
          </ul>
          <h3 className="label a-second">Models</h3>
          <ul className="a-shares">
            {models.slice(0, 5).map((row) => (
              <li key={row.name}>
                <span />
                <RawText className="mono">{row.name}</RawText>
                <span className="num">{formatShort(row.exchanges)}</span>
                <span className="num mute">{formatPercent(row.exchanges / total)}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
