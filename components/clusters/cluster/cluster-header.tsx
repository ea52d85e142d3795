import Link from 'next/link';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterDetail, PersonRef } from '@/lib/clusters/schema';
import { QUADRANT_LABELS } from '../axes-glyph';
import { SeverityMark } from '../severity-mark';
import { StateMark } from '../state-mark';
import { type VerdictPart, verdictSentence } from '../verdict-sentence';
import { againstText } from './against';
import { ClusterActions, type ClusterPageActions } from './cluster-actions';
import { StandingNotes } from './standing-notes';

/** What it is, how sure, who has it, what can be done; then the verdict and what speaks against it. */
export function ClusterHeader({
  cluster,
  personId,
  actions,
  people,
}: {
  cluster: ClusterDetail;
  /** The reader's own id. */
  personId: number;
  actions: ClusterPageActions;
  /** Who may have it. */
  people: PersonRef[];
}) {
  const { assignee } = cluster;
  return (
    <section className="cl-hero" aria-labelledby="cluster-name">
      <div className="cl-hero-top">
        <div className="cl-name">
          <h1 id="cluster-name">{cluster.name}</h1>
          <span className="mute">{clusterRef(cluster.id)}</span>
          <SeverityMark score={cluster.score} word />
          <span className="vr" />
          <StateMark status={cluster.status} reopenedCause={cluster.reopenedCause} />
          {cluster.statusNote && <span className="small mute">{cluster.statusNote}</span>}
          {assignee && (
            <>
              <span className="vr" />
              <span className="small soft">
                claimed by {assignee.id === personId ? 'you' : assignee.name}
              </span>
            </>
          )}
          <span className="vr" />
          <span className="small soft">{QUADRANT_LABELS[cluster.quadrant]}</span>
        </div>
        <ClusterActions cluster={cluster} actions={actions} people={people} />
      </div>
      <StandingNotes cluster={cluster} />
      <p className="cl-verdict">
        <Verdict parts={verdictSentence(cluster)} />
      </p>
      <p className="small soft cl-against">
        {againstText(cluster)}
        {cluster.weakAccounts > 0 && (
          <>
            {' '}
            <Link className="link" href="?role=weak#accounts">
              Show the weak ones
            </Link>
          </>
        )}
      </p>
    </section>
  );
}

function Verdict({ parts }: { parts: VerdictPart[] }) {
  let at = 0;
  return parts.map((part) => {
    // Figures may repeat: a part is known by where it begins.
    at += part.text.length;
    return part.strong ? <b key={at}>{part.text}</b> : <span key={at}>{part.text}</span>;
  });
}
