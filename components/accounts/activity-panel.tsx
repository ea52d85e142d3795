import { STACK } from '@/components/charts/build-timeline';
import { formatCount, formatOf, formatPercent, formatShort } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AccountDetail } from '@/lib/clusters/account-schema';
import { DayBars } from './day-bars';

/** What the account sent: by day up to its last one, and by prompt pattern and model in all. */
export function ActivityPanel({ account }: { account: AccountDetail }) {
  const { days, classes, models } = account;
  const total = Math.max(
    1,
    classes.reduce((sum, row) => sum + row.exchanges, 0),
  );
  if (days.length === 0) {
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
          <DayBars
            bars={days.map(({ day, exchanges }) => ({
              day,
              value: exchanges,
              words: formatOf(exchanges, 'exchange'),
              cells: [exchanges],
            }))}
            what="Exchanges a day"
            columns={['Exchanges']}
          />
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
