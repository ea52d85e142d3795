import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { formatMoment, formatPercent, formatShort } from '@/components/ui/format';
import { AFTER, type AfterBan } from './build-after-bans';

const HEIGHT = 200;
/** Told apart by dash as well as by ink; the newest is the accent. */
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 2'];
/** Lines that can be told apart; the table has all. */
const MOST_LINES = DASHES.length;

/** The traffic after each ban, as a share of what it was in the week before, every ban from its own day 0. */
export function AfterBans({ bans, width, words }: { bans: AfterBan[]; width: number; words: string }) {
  if (bans.length === 0)
    return (
      <p className="chart-empty">
        No ban of this cluster’s accounts has traffic before it, so there is nothing to measure what came back
        against.
      </p>
    );
  const drawn = bans.filter(({ days }) => days.length > 0).slice(-MOST_LINES);
  const data = Array.from({ length: AFTER }, (_, day) => ({
    day,
    shares: drawn.map(({ days }) => days[day] ?? null),
  }));
  const style = (i: number) =>
    ({
      stroke: i === drawn.length - 1 ? 'var(--accent)' : 'var(--text-2)',
      strokeDasharray: DASHES[i],
    }) as const;
  return (
    <>
      {drawn.length > 0 && width > 0 && (
        <LineChart
          width={width}
          height={HEIGHT}
          data={data}
          margin={{ top: 12, right: 12, bottom: 4, left: 0 }}
          title={`${words} a day after each ban, share of the week before; the table below holds the same`}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            interval={6}
            tickFormatter={(day: number) => (day === 0 ? 'ban' : `day ${day}`)}
            {...AXIS}
          />
          <YAxis width={44} tickFormatter={(share: number) => formatPercent(share)} {...AXIS} />
          <ReferenceLine y={1} stroke="var(--line-strong)" strokeDasharray="3 3" />
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) =>
              active && typeof label === 'number' ? <DayTip day={label} drawn={drawn} /> : null
            }
          />
          {drawn.map((ban, i) => (
            <Line
              key={ban.at}
              dataKey={(row: { shares: (number | null)[] }) => row.shares[i]}
              name={ban.label}
              type="linear"
              strokeWidth={1.5}
              dot={ban.days.length === 1}
              isAnimationActive={false}
              {...style(i)}
            />
          ))}
        </LineChart>
      )}
      <table className="grid rows-28">
        <thead>
          <tr>
            <th scope="col">Ban, UTC</th>
            <th scope="col" className="num">
              A day before
            </th>
            <th scope="col" className="num">
              First day
            </th>
            <th scope="col" className="num">
              Lowest
            </th>
            <th scope="col" className="num">
              Half back after
            </th>
            <th scope="col" className="num">
              Last day seen
            </th>
          </tr>
        </thead>
        <tbody>
          {[...bans].reverse().map((ban) => (
            <tr key={`${ban.at} ${ban.label}`}>
              <td>
                <Key style={drawn.includes(ban) ? style(drawn.indexOf(ban)) : null} />{' '}
                {formatMoment(new Date(ban.at).toISOString()).replace(' UTC', '')}{' '}
                <span className="mute">{ban.label}</span>
              </td>
              <td className="num">
                {formatShort(ban.before)}
                {ban.daysBefore < 7 && <span className="mute"> ({ban.daysBefore} d)</span>}
              </td>
              <td className="num">{percent(ban.days[0])}</td>
              <td className="num">{ban.days.length > 0 ? percent(ban.lowest) : '–'}</td>
              <td className="num">{ban.halfBack === null ? halfWords(ban) : `${ban.halfBack} d`}</td>
              <td className="num">
                {percent(ban.days.at(-1))}{' '}
                <span className="mute">{ban.days.length > 0 && `day ${ban.days.length}`}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small mute after-note">
        {words} of all accounts of the cluster,{' '}
        {bans.length > drawn.length ? `the latest ${drawn.length} drawn; ` : ''}
        each line ends at the next ban or with the records. Which accounts came back is under Regrowth.
      </p>
    </>
  );
}

const AXIS = {
  axisLine: false,
  tickLine: false,
  tick: { fontSize: 11, fill: 'var(--text-3)' },
} as const;

const percent = (share: number | undefined): string => (share === undefined ? '–' : formatPercent(share));

function halfWords({ days, lowest }: AfterBan): string {
  if (days.length === 0) return 'too early';
  return lowest < 0.5 ? `not in ${days.length} d` : 'never fell to half';
}

function Key({ style }: { style: { stroke: string; strokeDasharray: string | undefined } | null }) {
  return (
    <svg width="18" height="6" aria-hidden="true">
      {style && <path d="M0 3h18" strokeWidth="1.5" {...style} />}
    </svg>
  );
}

function DayTip({ day, drawn }: { day: number; drawn: AfterBan[] }) {
  return (
    <div className="chart-tip">
      <p className="label">{day === 0 ? 'First day after the ban' : `Day ${day + 1} after the ban`}</p>
      <table>
        <tbody>
          {drawn.map((ban) => (
            <tr key={ban.at}>
              <th scope="row">{ban.label}</th>
              <td className="num">{percent(ban.days[day])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
