import { Ago, Until } from '@/components/ui/ago';
import { formatCount, formatDay, formatOf } from '@/components/ui/format';
import type { RetentionReport } from '@/lib/ingest/retention-schema';

/** What is kept of people here, for how long, and what has gone already. */
export function RetentionPanel({ retention }: { retention: RetentionReport }) {
  const { periods, problem, raw, dropped, exemplars, forgottenAccounts } = retention;
  return (
    <section className="panel" aria-labelledby="retention">
      <header>
        <h2 id="retention">Kept and dropped</h2>
        <span className="small mute clip">prompts are never kept whole</span>
      </header>
      {problem && <p className="body in-note">{problem}</p>}
      <table className="grid rows-40 plain in-kept">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Kept for</th>
            <th scope="col">There now</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Raw exchanges</th>
            <td>
              {periods ? formatOf(periods.rawDays, 'day') : '–'}
              <div className="small mute">from the newest record back</div>
            </td>
            <td>
              {raw.oldestDay ? `${formatOf(raw.days, 'day')}, from ${formatDay(raw.oldestDay)}` : 'none'}
              <div className="small mute">
                {dropped ? (
                  <>
                    {formatCount(dropped.exchanges)} of {formatOf(dropped.days, 'day')} dropped, last{' '}
                    <Ago at={dropped.lastAt} ago />
                  </>
                ) : (
                  'none dropped yet'
                )}
              </div>
            </td>
          </tr>
          <tr>
            <th scope="row">Exemplars</th>
            <td>
              {periods === null
                ? '–'
                : periods.exemplarDays === 0
                  ? 'not kept'
                  : formatOf(periods.exemplarDays, 'day')}
              <div className="small mute">redacted, 3 a template</div>
            </td>
            <td>
              {exemplars.kept === 0
                ? 'none'
                : `${formatCount(exemplars.kept)} of ${formatOf(exemplars.templates, 'template')}`}
              <div className="small mute">
                {exemplars.nextExpiresAt && (
                  <>
                    next expires in <Until at={exemplars.nextExpiresAt} />
                  </>
                )}
              </div>
            </td>
          </tr>
          <tr>
            <th scope="row">Rollups</th>
            <td>
              until forgotten
              <div className="small mute">all that detection reads</div>
            </td>
            <td>
              {forgottenAccounts === 0
                ? 'nobody forgotten'
                : `${formatOf(forgottenAccounts, 'account')} forgotten`}
              <div className="small mute">later records of them are refused</div>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
