import { KindIcon, kindLabel } from '@/components/clusters/kind-icon';
import { formatCount, formatExpected, formatPoints } from '@/components/ui/format';
import type { EvidenceSummary } from '@/lib/clusters/schema';

/** What held the cluster together when the list was frozen; later findings do not change it. */
export function EvidenceSnapshot({ evidence }: { evidence: readonly EvidenceSummary[] }) {
  const total = evidence.reduce((sum, row) => sum + row.points, 0);
  return (
    <section className="panel" aria-labelledby="evidence-title">
      <header>
        <h2 id="evidence-title">Evidence</h2>
        <span className="small mute">as it was when the list was frozen</span>
        <span className="push" />
        <span className="small soft">
          score <b className="num">{total.toFixed(1)}</b>
        </span>
      </header>
      {evidence.length === 0 ? (
        <p className="body soft">No evidence was kept with this list.</p>
      ) : (
        <table className="grid rows-28 plain p-evidence">
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col" className="num">
                Members
              </th>
              <th scope="col" className="num">
                Population
              </th>
              <th scope="col" className="num">
                Expected
              </th>
              <th scope="col" className="num">
                Points
              </th>
            </tr>
          </thead>
          <tbody>
            {evidence.map((row) => (
              <tr key={row.kind}>
                <td>
                  <span className="p-kind">
                    <KindIcon kind={row.kind} />
                    <span className="clip" title={kindLabel(row.kind)}>
                      {kindLabel(row.kind)}
                    </span>
                  </span>
                </td>
                <td className="num">
                  <b>{formatCount(row.members)}</b>
                </td>
                <td className="num soft">{formatCount(row.population)}</td>
                <td className="num soft">{formatExpected(row.expected)}</td>
                <td className="num">{formatPoints(row.points)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
