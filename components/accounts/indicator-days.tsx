import { formatCount, formatOf } from '@/components/ui/format';
import type { IndicatorDetail } from '@/lib/clusters/indicator-schema';
import { DayBars } from './day-bars';

const DAY_MS = 86_400_000;

/** Accounts a day that were seen with it; those that had never been are dark. */
export function IndicatorDays({ days }: { days: IndicatorDetail['days'] }) {
  if (days.length === 0) return null;
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
        <DayBars
          bars={everyDay(days).map(({ day, accounts, fresh, count }) => ({
            day,
            value: accounts,
            dark: fresh,
            words: `${formatOf(accounts, 'account')}, ${formatCount(fresh)} for the first time`,
            cells: [accounts, fresh, count],
          }))}
          what="Accounts a day"
          columns={['Accounts', 'First time', 'Times']}
        />
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
