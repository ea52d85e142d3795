import { SeverityMark } from '@/components/clusters/severity-mark';
import { StateMark } from '@/components/clusters/state-mark';
import { TrailLink } from '@/components/shell/trail';
import { formatCount, formatPercent, showInvisible } from '@/components/ui/format';
import type { IndicatorDetail } from '@/lib/clusters/indicator-schema';
import { clusterRef } from '@/lib/clusters/rules';

/** The clusters whose members were seen with it. */
export function IndicatorClusters({ indicator: { clusters, accounts } }: { indicator: IndicatorDetail }) {
  return (
    <section className="panel" aria-labelledby="in-clusters-title">
      <header>
        <h2 id="in-clusters-title">Clusters</h2>
        <span className="small mute">whose core and ordinary members have it</span>
      </header>
      {clusters.length === 0 ? (
        <p className="body soft">No account with it is in a cluster.</p>
      ) : (
        <table className="grid rows-32 plain">
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col">Score</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Members with it
              </th>
              <th scope="col" className="num">
                Of its members
              </th>
              <th scope="col" className="num">
                Of all with it
              </th>
            </tr>
          </thead>
          <tbody>
            {clusters.map((cluster) => (
              <tr key={cluster.id}>
                <td>
                  <span className="a-line">
                    <TrailLink className="a-link strong clip" to={{ type: 'cluster', id: cluster.id }}>
                      {showInvisible(cluster.name)}
                    </TrailLink>
                    <span className="mute small">{clusterRef(cluster.id)}</span>
                    {!cluster.active && <span className="mute small">no longer found</span>}
                  </span>
                </td>
                <td>
                  <SeverityMark score={cluster.score} />
                </td>
                <td>
                  <StateMark status={cluster.status} reopenedCause={cluster.reopenedCause} />
                </td>
                <td className="num">
                  <b>{formatCount(cluster.holders)}</b>
                </td>
                <td className="num soft">{formatPercent(cluster.holders / Math.max(1, cluster.accounts))}</td>
                <td className="num soft">{formatPercent(cluster.holders / Math.max(1, accounts))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
