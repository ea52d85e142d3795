import { formatCount, formatDay } from '@/components/ui/format';

export interface DayBar {
  /** UTC, YYYY-MM-DD. */
  day: string;
  value: number;
  /** Of the value what is drawn dark; the rest is pale. All of it when absent. */
  dark?: number;
  /** What the bar stands for: "4 accounts, 1 for the first time". */
  words: string;
  /** Its cells in the table; days without a value have no row. */
  cells: number[];
}

/** A bar a day from zero, and the same as a table. @param what of what the bars are: "Accounts a day" */
export function DayBars({
  bars,
  what,
  columns,
}: {
  bars: readonly DayBar[];
  what: string;
  columns: string[];
}) {
  const first = bars[0];
  const last = bars.at(-1);
  if (!first || !last) return null;
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <>
      <div
        className="a-bins"
        role="img"
        aria-label={`${what} from ${formatDay(first.day)} to ${formatDay(last.day)}; at most ${formatCount(most)}`}
      >
        <span className="a-most ax-t">{formatCount(most)}</span>
        <span className="a-least ax-t">0</span>
        {bars.map(({ day, value, dark = value, words }) => (
          <span
            key={day}
            className="a-bar"
            style={{ height: value === 0 ? 0 : `max(2px, ${(value / most) * 100}%)` }}
            title={`${formatDay(day)}: ${words}`}
          >
            <b style={{ height: value === 0 ? 0 : `${(dark / value) * 100}%` }} />
          </span>
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
              {columns.map((column) => (
                <th key={column} scope="col" className="num">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars
              .filter((bar) => bar.value > 0)
              .map(({ day, cells }) => (
                <tr key={day}>
                  <td>{formatDay(day)}</td>
                  {cells.map((cell, column) => (
                    <td key={columns[column]} className="num">
                      {formatCount(cell)}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
