import { formatCount, formatOf } from '@/components/ui/format';

/** Members below this are called weak and are never proposed by themselves. */
const WEAK_BELOW = 0.3;

/** How strongly the listed accounts are held: 20 bins from 0 to 1, height from zero. */
export function StrengthChart({ bins, weakest }: { bins: readonly number[]; weakest: number }) {
  const most = Math.max(1, ...bins);
  const total = bins.reduce((sum, n) => sum + n, 0);
  const strong = bins.slice(bins.length / 2).reduce((sum, n) => sum + n, 0);
  const label = `${formatCount(strong)} of ${formatOf(total, 'account')} have a strength of 0.5 or more; the weakest has ${weakest.toFixed(2)}`;
  return (
    <section className="panel" aria-labelledby="strength-title">
      <header>
        <h2 id="strength-title">Strength of the link</h2>
        <span className="small mute">accounts by retention</span>
        <span className="push" />
        <span className="small soft">
          weakest <b className="num">{weakest.toFixed(2)}</b>
        </span>
      </header>
      <div className="body">
        <div className="p-bins" role="img" aria-label={label}>
          <span className="p-most ax-t">{formatCount(most)}</span>
          <span className="p-least ax-t">0</span>
          {bins.map((count, bin) => {
            const from = bin / bins.length;
            return (
              <i
                // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its position
                key={bin}
                className={from < WEAK_BELOW ? 'weak' : undefined}
                style={{ height: count === 0 ? 0 : `max(2px, ${(count / most) * 100}%)` }}
                title={`${from.toFixed(2)} to ${(from + 1 / bins.length).toFixed(2)}: ${formatOf(count, 'account')}`}
              />
            );
          })}
        </div>
        <div className="p-axis ax-t" aria-hidden="true">
          <span style={{ left: 0 }}>0</span>
          <span style={{ left: '30%' }} className="mid">
            0.3
          </span>
          <span style={{ left: '60%' }} className="mid">
            0.6
          </span>
          <span style={{ right: 0 }}>1</span>
        </div>
        <p className="small soft">
          <b className="num">{formatCount(strong)}</b> of {formatCount(total)} at 0.5 or more. Below 0.3 an
          account counts as weak and is never on a list by itself.
        </p>
        <details className="p-table">
          <summary className="small link">As a table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Strength</th>
                <th scope="col" className="num">
                  Accounts
                </th>
              </tr>
            </thead>
            <tbody>
              {bins.map((count, bin) =>
                count === 0 ? null : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its position
                  <tr key={bin}>
                    <td>
                      {(bin / bins.length).toFixed(2)} to {((bin + 1) / bins.length).toFixed(2)}
                    </td>
                    <td className="num">{formatCount(count)}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </details>
      </div>
    </section>
  );
}
