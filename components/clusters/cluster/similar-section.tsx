'use client';

import { useQuery } from '@tanstack/react-query';
import { readJson } from '@/components/shell/read-json';
import { TrailLink } from '@/components/shell/trail';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { clusterRef } from '@/lib/clusters/rules';
import type { SimilarCluster } from '@/lib/clusters/similar-schema';
import { KindIcon, kindLabel, kindShort } from '../kind-icon';
import { SeverityMark } from '../severity-mark';
import { StateMark } from '../state-mark';

const KINDS = 3;

/** Clusters that share values or accounts with this one, decided ones too: what was found of them says something here. */
export function SimilarSection({ clusterId }: { clusterId: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['cluster', clusterId, 'similar'],
    queryFn: ({ signal }) => readJson<SimilarCluster[]>(`/api/clusters/${clusterId}/similar`, signal),
    staleTime: 60_000,
  });
  return (
    <section className="sec" id="similar" aria-labelledby="similar-title">
      <header>
        <h2 id="similar-title">Similar</h2>
        <span className="small mute clip">
          clusters with the same values, rarest first; 1 is a card that hardly anybody else has
        </span>
      </header>
      {error && (
        <p className="cl-none" role="alert">
          {error.message}{' '}
          <Button className="short" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      {!data && !error && (
        <div className="cl-similar-wait" role="status" aria-label="Comparing with other clusters" />
      )}
      {data?.length === 0 && (
        <p className="cl-none">
          No other cluster shares an account or a value that is rare enough to mean something.
        </p>
      )}
      {data && data.length > 0 && (
        <table className="grid rows-40 cl-similar">
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col">Score</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Accounts
              </th>
              <th scope="col" className="num">
                In both
              </th>
              <th scope="col">The same values</th>
              <th scope="col" className="num">
                Weight
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((each) => (
              <tr key={each.id}>
                <td>
                  <TrailLink className="link" to={{ type: 'cluster', id: each.id }}>
                    {showInvisible(each.name)}
                  </TrailLink>{' '}
                  <span className="small mute">{clusterRef(each.id)}</span>
                </td>
                <td>
                  <SeverityMark score={each.score} />
                </td>
                <td>
                  <StateMark status={each.status} reopenedCause={each.reopenedCause} />
                  {!each.active && <span className="small mute"> not found now</span>}
                </td>
                <td className="num">{formatCount(each.accounts)}</td>
                <td className="num">{each.sharedAccounts === 0 ? '–' : formatCount(each.sharedAccounts)}</td>
                <td className="cl-same">
                  <SameValues kinds={each.kinds} />
                </td>
                <td className="num">
                  <b>{each.weight.toFixed(2)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function SameValues({ kinds }: { kinds: SimilarCluster['kinds'] }) {
  if (kinds.length === 0) return <span className="mute">none; accounts only</span>;
  return (
    <span className="cl-same-list">
      {kinds.slice(0, KINDS).map(({ kind, values, value, indicatorId, population }) => (
        <span
          key={kind}
          className="chip"
          title={`${kindLabel(kind)}: ${formatOf(values, 'value')} in common; the rarest is held by ${formatOf(population, 'account')}`}
        >
          <KindIcon kind={kind} />
          <span className="clip">
            {kindShort(kind)}{' '}
            {value !== null && (
              <TrailLink className="link" to={{ type: 'indicator', id: indicatorId }}>
                <RawText className="mono">{value}</RawText>
              </TrailLink>
            )}
            {values > 1 && <b> +{formatCount(values - 1)}</b>}
            <i> · held by {formatCount(population)}</i>
          </span>
        </span>
      ))}
      {kinds.length > KINDS && <span className="more">+{kinds.length - KINDS}</span>}
    </span>
  );
}
