import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDay, formatDuration } from '@/components/ui/format';
import type { RunDetail } from '@/lib/clusters/suppressed-schema';

/** The latest run in figures, each with the way to what it came from or led to. */
export function RunFacts({ run }: { run: RunDetail }) {
  const left = run.suppressed.reduce((sum, group) => sum + group.values, 0);
  return (
    <dl className="facts dt-facts">
      <div>
        <dt>Latest run</dt>
        <dd>
          <Ago at={run.finishedAt} ago /> <small>took {formatDuration(run.seconds)}</small>
        </dd>
      </div>
      <div>
        <dt>Looked at</dt>
        <dd>
          {formatCount(run.accounts)} accounts{' '}
          <small>
            {run.windowFrom && run.windowTo
              ? `${formatDay(run.windowFrom)} to ${formatDay(run.windowTo)}`
              : 'nothing is stored'}
          </small>
        </dd>
      </div>
      <div>
        <dt>Found</dt>
        <dd>
          {formatCount(run.clusters)} clusters{' '}
          {run.mutedClusters > 0 && (
            <small>
              <Link className="link" href="/clusters/muted">
                {formatCount(run.mutedClusters)} muted
              </Link>
            </small>
          )}
        </dd>
      </div>
      <div>
        <dt>Left out</dt>
        <dd>{formatCount(left)} values</dd>
      </div>
      <div>
        <dt>Settings</dt>
        <dd>
          <Link className="link" href="/settings/detection">
            {run.settingsVersion === 0 ? 'as shipped' : `version ${run.settingsVersion}`}
          </Link>
        </dd>
      </div>
      <div>
        <dt title="Of what it found: two runs over the same records agree">Digest</dt>
        <dd>
          <span className="mono" title={run.digest}>
            {run.digest.slice(0, 12)}
          </span>{' '}
          <small>run {run.id}</small>
        </dd>
      </div>
    </dl>
  );
}
