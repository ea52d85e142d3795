'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ReadError, readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount, formatMoment, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { Handoff } from '@/lib/clusters/handoff-schema';
import { DAY, dayLabel, HOUR } from './build-timeline';

/** Who is active when: the busiest accounts, an hour a column, with how steady they are together. */
export function HandoffView({ source }: { source: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['handoff', source],
    queryFn: ({ signal }) => readJson<Handoff | null>(source, signal),
    staleTime: 5 * 60_000,
    retry: (count, failure) => count < 2 && !(failure instanceof ReadError && failure.status === 403),
  });
  if (error) {
    const refused = error instanceof ReadError && error.status === 403;
    return (
      <div className="chart-empty" role="alert">
        <p>{error.message}</p>
        {error instanceof ReadError && error.errorId && <p className="small mute">Error {error.errorId}</p>}
        {!refused && <Button onClick={() => void refetch()}>Try again</Button>}
      </div>
    );
  }
  if (data === undefined)
    return (
      <p className="chart-empty chart-wait" aria-busy="true">
        Reading the busiest accounts hour by hour…
      </p>
    );
  if (data === null || data.accounts.length === 0)
    return (
      <p className="chart-empty">
        No hours of these accounts are kept, so it cannot be told who was active when.
      </p>
    );
  return <HandoffTable handoff={data} />;
}

function HandoffTable({ handoff }: { handoff: Handoff }) {
  const { accounts, hours, mean, deviation, deviationByChance, members } = handoff;
  const start = Date.parse(handoff.from);
  return (
    <>
      <p className="small soft">
        {formatOf(accounts.length, 'account')} of {formatCount(members)}, the busiest with traffic in the last{' '}
        {hours / 24} days to {formatMoment(handoff.to)}. Active at once:{' '}
        <b>
          {mean.toFixed(1)} ± {deviation.toFixed(1)}
        </b>
        , by chance ± {deviationByChance.toFixed(1)}. {verdict(deviation, deviationByChance)}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard */}
      <section className="handoff" tabIndex={0} aria-label="Accounts by hour">
        <table>
          <thead>
            <tr>
              <th scope="col">Account, by first hour</th>
              <th scope="col">
                <DayLabels start={start} hours={hours} />
              </th>
              <th scope="col" className="num">
                Hours
              </th>
              <th scope="col" className="num">
                Exchanges
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map(({ accountId, byHour, exchanges }) => (
              <tr key={accountId}>
                <th scope="row">
                  <Link
                    className="link mono"
                    prefetch={false}
                    href={`/accounts/${encodeURIComponent(accountId)}`}
                  >
                    <RawText>{accountId}</RawText>
                  </Link>
                </th>
                <td>
                  <Strip byHour={byHour} />
                </td>
                <td className="num soft">{byHour.filter((value) => value > 0).length}</td>
                <td className="num">{formatCount(exchanges)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** Ratio of the spread to chance, in words; between the two nothing is claimed. */
function verdict(deviation: number, byChance: number): string {
  if (byChance < 0.5) return 'They are active too rarely to tell more.';
  const ratio = deviation / byChance;
  if (ratio < 0.6) return 'Far steadier than chance: somebody balances the load.';
  return ratio > 1.6
    ? 'Less steady than chance: they share their hours, as people in one place do.'
    : 'About as chance would have it.';
}

/** One account's hours as bars, the tallest its busiest; stretched to the column, so nothing in it is text. */
function Strip({ byHour }: { byHour: readonly number[] }) {
  const most = Math.max(...byHour);
  const bars = byHour.flatMap((value, hour) =>
    value > 0 ? [`M${hour} 10v-${(2 + 8 * (value / most)).toFixed(1)}h1V10z`] : [],
  );
  return (
    <svg
      className="handoff-strip"
      viewBox={`0 0 ${byHour.length} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={bars.join('')} fill="var(--text-2)" />
    </svg>
  );
}

function DayLabels({ start, hours }: { start: number; hours: number }) {
  const first = Math.ceil(start / DAY) * DAY;
  const days = Array.from({ length: Math.floor(hours / 24) }, (_, i) => first + i * DAY)
    // The last one would run out of its column.
    .filter((day) => day - start < (hours - 14) * HOUR);
  return (
    <span className="handoff-days">
      {days.map((day) => (
        <span key={day} style={{ left: `${((day - start) / (hours * HOUR)) * 100}%` }}>
          {dayLabel(day)}
        </span>
      ))}
    </span>
  );
}
