import { Ago } from '@/components/ui/ago';
import { formatCount, showInvisible } from '@/components/ui/format';
import { type ImportRow, SKIP_WORDS } from '@/lib/intel/partner-schema';

const VIA: Record<ImportRow['via'], string> = {
  file: 'file',
  cli: 'command line',
  push: 'written over TAXII',
  poll: 'polled over TAXII',
};

/** What came in from partners, and what was refused. */
export function ImportTable({ rows }: { rows: readonly ImportRow[] }) {
  return (
    <section className="sec" aria-labelledby="inbox-title">
      <header>
        <h2 id="inbox-title">Inbox</h2>
        <span className="small mute">the latest hundred</span>
      </header>
      {rows.length === 0 ? (
        <p className="cl-none">
          No partner has sent anything yet. Take in a bundle here, let partners write to a TAXII collection,
          or poll theirs: both are set up in the settings, under Sharing.
        </p>
      ) : (
        <table className="grid rows-40 sh-inbox">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">What became of it</th>
              <th scope="col" className="num">
                Objects
              </th>
              <th scope="col" className="num">
                New values
              </th>
              <th scope="col" className="num">
                Held
              </th>
              <th scope="col" className="num">
                Came in
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="p-what">
                  <span className="strong clip">{showInvisible(row.partner)}</span>
                  <span className="small mute clip">
                    {VIA[row.via]}, {showInvisible(row.label)}
                  </span>
                </td>
                <td className="sh-became">{became(row)}</td>
                <td className="num">{formatCount(row.objects)}</td>
                <td className="num">{formatCount(row.fresh)}</td>
                <td className="num">{formatCount(row.held)}</td>
                <td className="num soft">
                  <Ago at={row.receivedAt} ago />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function became({ problem, indicators, skipped }: ImportRow): string {
  if (problem !== null) return `Refused: ${showInvisible(problem)}`;
  const others = skipped.map(
    ({ reason, objects }) =>
      `${formatCount(objects)} left out: ${objects === 1 ? 'it' : 'each'} ${SKIP_WORDS[reason]}`,
  );
  const taken = `${formatCount(indicators)} ${indicators === 1 ? 'indicator' : 'indicators'} taken`;
  return [taken, ...others].join('; ');
}
