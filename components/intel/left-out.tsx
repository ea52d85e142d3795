import { Button } from '@/components/ui/button';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import { isAskable, type LeftOut } from '@/lib/intel/share-schema';
import { LEFT_OUT_WORDS } from './share-words';

/** What stays in the house and why. @param onAsk lets one value leave all the same; null where nothing can be changed */
export function LeftOutSection({
  rows,
  onAsk,
}: {
  rows: readonly LeftOut[];
  onAsk: ((id: string) => void) | null;
}) {
  const total = rows.reduce((sum, row) => sum + row.values, 0);
  return (
    <section className="sec" id="stays" aria-labelledby="stays-title">
      <header>
        <h2 id="stays-title">What stays</h2>
        <span className="small mute">
          {formatOf(total, 'value')}; accounts, prompts and customers’ data never leave
        </span>
      </header>
      {rows.length === 0 ? (
        <p className="cl-none">Every shared value of these clusters leaves.</p>
      ) : (
        <div className="sh-types">
          {rows.map((row) => (
            <details key={`${row.kind} ${row.reason}`} open={isAskable(row.reason)}>
              <summary>
                <b>{showInvisible(row.kind.replaceAll('_', ' '))}</b>{' '}
                <span className="mute num">{formatCount(row.values)}</span>{' '}
                <span className="soft">{LEFT_OUT_WORDS[row.reason]}</span>
              </summary>
              {row.examples.length === 0 ? (
                <p className="small mute">The values are not listed.</p>
              ) : (
                <ul>
                  {row.examples.map((each) => (
                    <li key={each.id} className="sh-value">
                      <span className="mono clip">{showInvisible(each.value)}</span>
                      <span className="small mute num">
                        {formatCount(each.members)} of {formatCount(each.population)} who show it
                      </span>
                      {onAsk && isAskable(row.reason) && (
                        <Button variant="ghost" onClick={() => onAsk(each.id)}>
                          Let it leave
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </details>
          ))}
        </div>
      )}
    </section>
  );
}
