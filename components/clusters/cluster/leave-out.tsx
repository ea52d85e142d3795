import { formatCount, formatScore } from '@/components/ui/format';
import type { ClusterDetail, EvidenceRow } from '@/lib/clusters/schema';
import { severityOf } from '@/lib/detection/severity';
import { kindLabel } from '../kind-icon';
import { SEVERITY_LABELS } from '../severity-mark';

/** Chooses one kind to leave out. */
export function LeaveOut({
  rows,
  chosen,
  onChoose,
}: {
  rows: EvidenceRow[];
  chosen: string | undefined;
  onChoose: (kind: string | undefined) => void;
}) {
  return (
    <label className="small soft cl-leave-out">
      Leave out{' '}
      <select
        className="field cl-leave"
        value={chosen ?? ''}
        onChange={(event) => onChoose(event.target.value || undefined)}
      >
        <option value="">nothing</option>
        {rows.map(({ kind }) => (
          <option key={kind} value={kind}>
            {kindLabel(kind)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The cluster without a kind's links, as its run recomputed it: score, how well accounts are held, who would leave. */
export function WithoutNote({ cluster, row }: { cluster: ClusterDetail; row: EvidenceRow }) {
  const without = cluster.without.find(({ kind }) => kind === row.kind);
  const word = (score: number) => SEVERITY_LABELS[severityOf(score)].toLowerCase();
  return (
    <p className="cl-left" role="status">
      <b>Without {kindLabel(row.kind).toLowerCase()}</b>
      <span>
        score {formatScore(cluster.score)} → <b>{formatScore(row.scoreWithout)}</b>, {word(row.scoreWithout)}
      </span>
      {without ? (
        <>
          {without.retention !== null && (
            <span>
              retention {cluster.retention.toFixed(2)} → <b>{without.retention.toFixed(2)}</b>
            </span>
          )}
          <span>
            <a className="link" href="#accounts">
              <b>{formatCount(without.leaves)}</b> of {formatCount(cluster.accounts)} accounts would leave
            </a>
            , {formatCount(without.held)} are held by it
          </span>
        </>
      ) : (
        <span className="mute">it holds no account by its links, so nobody would leave</span>
      )}
    </p>
  );
}
