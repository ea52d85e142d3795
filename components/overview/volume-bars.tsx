import Link from 'next/link';
import { niceTicks } from '@/components/charts/build-timeline';
import { formatCount, formatDay, formatShort, showInvisible } from '@/components/ui/format';
import type { Volumes } from '@/lib/clusters/volume-schema';

/** Markers are named while they have room; all of them are in the table. */
const NAMED = 6;
/** From here on their words would run out of the picture. */
const LATE = 0.8;

/** Bars a day: drawn at the base, hatched above what acts prevented; releases and bans on one line. */
export function VolumeBars({ volumes: { days, releases, bans } }: { volumes: Volumes }) {
  const ticks = niceTicks(Math.max(1, ...days.map((day) => day.extracted + day.prevented)));
  const top = ticks.at(-1) ?? 1;
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  const place = (day: string) => {
    const index = days.findIndex((each) => each.day === day);
    return index < 0 ? null : (index + 0.5) / days.length;
  };
  const markers = [
    ...releases.map(({ model, day }) => ({
      key: `r ${model}`,
      day,
      words: `${showInvisible(model)} released`,
      ban: false,
    })),
    ...bans.map(({ day, accounts, clusterId }) => ({
      key: `b ${clusterId} ${day}`,
      day,
      words: `${formatCount(accounts)} banned`,
      ban: true,
    })),
  ].flatMap((marker) => {
    const left = place(marker.day);
    return left === null ? [] : [{ ...marker, left }];
  });
  return (
    <>
      <div
        className="exd ov-bars"
        role="img"
        aria-label={`Exchanges a day from ${formatDay(first.day)} to ${formatDay(last.day)}; the table below has each day`}
      >
        {ticks.map((tick) => (
          <span key={tick} className="exd-line" style={{ bottom: `${(tick / top) * 100}%` }}>
            <span className="exd-tick">{formatShort(tick)}</span>
          </span>
        ))}
        <div className="exd-bars">
          {days.map(({ day, extracted, prevented }) => (
            <span
              key={day}
              className="ov-day"
              title={`${formatDay(day)}: ${formatCount(extracted)} extracted, about ${formatCount(prevented)} prevented`}
            >
              <i className="ov-prevented" style={{ height: `${(prevented / top) * 100}%` }} />
              <i className="ov-drawn" style={{ height: `${(extracted / top) * 100}%` }} />
            </span>
          ))}
        </div>
        {markers.map(({ key, left, words, ban }) => (
          <span
            key={key}
            className={['ov-mark', ban && 'ban', left > LATE && 'late'].filter(Boolean).join(' ')}
            style={{ left: `${left * 100}%` }}
            title={words}
          >
            {markers.length <= NAMED && <span>{words}</span>}
          </span>
        ))}
        <span className="exd-day">{formatDay(first.day)}</span>
        <span className="exd-day last">{formatDay(last.day)}</span>
      </div>
      <p className="small mute ov-note">
        Extracted: by clusters with both axes high. Prevented: as if banned accounts had gone on as in the 14
        days before, at most 90 days, less what came back.
      </p>
      <details className="exd-table">
        <summary className="small link">As a table</summary>
        <table className="grid plain rows-28">
          <thead>
            <tr>
              <th scope="col">Day, UTC</th>
              <th scope="col" className="num">
                Extracted
              </th>
              <th scope="col" className="num">
                Prevented, estimate
              </th>
              <th scope="col">What happened</th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map(({ day, extracted, prevented }) => (
              <tr key={day}>
                <td>{formatDay(day)}</td>
                <td className="num">{formatCount(extracted)}</td>
                <td className="num">{formatCount(prevented)}</td>
                <td>
                  {releases
                    .filter((release) => release.day === day)
                    .map((release) => `${showInvisible(release.model)} released`)
                    .join(', ')}
                  {bans
                    .filter((ban) => ban.day === day)
                    .map((ban) => (
                      <Link
                        key={ban.clusterId}
                        className="link"
                        href={`/clusters/${ban.clusterId}`}
                        prefetch={false}
                      >
                        {formatCount(ban.accounts)} of {showInvisible(ban.name)} banned{' '}
                      </Link>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
