import { BellOff, GitMerge, RotateCcw, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Ago } from '@/components/ui/ago';
import { formatDay } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterDetail, LineageEvent } from '@/lib/clusters/schema';
import { LineageSentence } from './lineage';

/** Events that say where a cluster went that is not found any more. */
const GONE: readonly LineageEvent[] = ['merged_into', 'regrew_as'];

/** What a reader must know before the verdict: that it is muted, that it went, why it is open again, what changed last. */
export function StandingNotes({ cluster }: { cluster: ClusterDetail }) {
  const { mute, active, lineage, status, reopenedCause } = cluster;
  const last = lineage.at(-1);
  const went = active ? undefined : lineage.findLast((row) => GONE.includes(row.event));
  const reopened = reopenedCause !== null && (status === 'open' || status === 'in_review');
  return (
    <>
      {mute && (
        <Note icon={<BellOff className="i" aria-hidden="true" />}>
          <Muted cluster={cluster} mute={mute} />
        </Note>
      )}
      {!active && (
        <Note
          icon={
            went ? (
              <GitMerge className="i" aria-hidden="true" />
            ) : (
              <TriangleAlert className="i" aria-hidden="true" />
            )
          }
        >
          {went ? (
            <>
              <LineageSentence row={went} />: judge it there. What stands here is from the last run that found
              it apart.
            </>
          ) : (
            <>
              The latest detection run no longer finds this cluster. What stands here is from the last run
              that did
              {cluster.lastSeenAt && (
                <>
                  ; its accounts were last active <Ago at={cluster.lastSeenAt} ago />
                </>
              )}
              .
            </>
          )}
        </Note>
      )}
      {reopened && (
        <Note icon={<RotateCcw className="i" aria-hidden="true" />}>
          {REOPENED[reopenedCause] ?? 'Open again.'}
        </Note>
      )}
      {active && last && last.event !== 'born' && (
        <p className="small soft cl-changed">
          <LineageSentence row={last} />, <Ago at={last.at} ago />.{' '}
          {lineage.length > 1 && (
            <a className="link" href="#lineage">
              All {lineage.length} changes
            </a>
          )}
        </p>
      )}
    </>
  );
}

const REOPENED: Record<string, string> = {
  person: 'Open again: somebody reopened it. Their reason stands under decisions.',
  regrowth:
    'Open again: young accounts came back that match what its banned accounts shared. See Regrowth below.',
  merge:
    'Open again: it was merged with a cluster that was judged otherwise, so what was decided does not hold for all of it.',
  mute_expired: 'Open again: it was dismissed and muted, and its mute ran out.',
  changed: 'Open again: it was dismissed and muted, and it has changed since then.',
};

function Note({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="problem calm cl-note">
      {icon}
      <span>{children}</span>
    </p>
  );
}

function Muted({ cluster, mute }: { cluster: ClusterDetail; mute: NonNullable<ClusterDetail['mute']> }) {
  const own = mute.source.id === cluster.id;
  const by = (
    <>
      <RawText>{mute.mutedBy}</RawText> muted it <Ago at={mute.mutedAt} ago />, until{' '}
      {formatDay(mute.expiresAt)}
    </>
  );
  const all = (
    <Link className="link" href="/clusters/muted">
      Muted patterns
    </Link>
  );
  if (own) {
    return (
      <>
        Its pattern is muted: {by}. Others that rest on it stay out of the queue. {all}
      </>
    );
  }
  return (
    <>
      Muted, so it is not in the queue: it rests on the pattern of{' '}
      <Link className="link" href={`/clusters/${mute.source.id}`}>
        {clusterRef(mute.source.id)} <RawText>{mute.source.name}</RawText>
      </Link>
      , which was dismissed. {by}. Claiming this one puts it back. {all}
    </>
  );
}
