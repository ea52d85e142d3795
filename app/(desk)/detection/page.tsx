import type { Metadata } from 'next';
import { DeclaredTable } from '@/components/clusters/declared-table';
import { SuppressedTable } from '@/components/clusters/suppressed-table';
import { PageHeader } from '@/components/shell/page-header';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDay, formatDuration } from '@/components/ui/format';
import { requirePerson } from '@/lib/access/current-person';
import { getLatestRun } from '@/lib/clusters/get-latest-run';
import { listDeclared } from '@/lib/clusters/list-declared';
import '@/components/clusters/detection-run.css';

export const metadata: Metadata = { title: 'Detection' };

export default async function DetectionPage() {
  const person = await requirePerson();
  const [run, declared] = await Promise.all([getLatestRun(person), listDeclared(person)]);
  if (!run) {
    return (
      <>
        <PageHeader title="Detection" fit />
        <p className="dt-none soft">Detection has not run yet. It runs by itself when records come in.</p>
      </>
    );
  }
  const left = run.suppressed.reduce((sum, group) => sum + group.values, 0);
  return (
    <>
      <PageHeader title="Detection" fit />
      <div className="dt-scroll">
        <dl className="facts dt-facts">
          <div>
            <dt>Latest run</dt>
            <dd>
              {run.id}{' '}
              <small>
                <Ago at={run.finishedAt} ago />, {formatDuration(run.seconds)}
              </small>
            </dd>
          </div>
          <div>
            <dt>Window</dt>
            <dd>
              {run.windowFrom && run.windowTo
                ? `${formatDay(run.windowFrom)} to ${formatDay(run.windowTo)}`
                : 'nothing stored'}
            </dd>
          </div>
          <div>
            <dt>Accounts</dt>
            <dd>{formatCount(run.accounts)}</dd>
          </div>
          <div>
            <dt>Clusters</dt>
            <dd>{formatCount(run.clusters)}</dd>
          </div>
          <div>
            <dt>Values left out</dt>
            <dd>{formatCount(left)}</dd>
          </div>
          <div>
            <dt>Digest</dt>
            <dd className="mono" title={run.digest}>
              {run.digest.slice(0, 12)}
            </dd>
          </div>
        </dl>
        <section className="sec" aria-labelledby="left-title">
          <header>
            <h2 id="left-title">Left out of linking</h2>
            <span className="small mute">so that strangers are not taken for one operation</span>
          </header>
          <SuppressedTable run={run} />
        </section>
        <section className="sec" aria-labelledby="declared-title">
          <header>
            <h2 id="declared-title">Declared groups</h2>
            <span className="small mute">
              share as much as a ring does, but say who they are and ask for nothing unusual: no clusters
            </span>
          </header>
          <DeclaredTable groups={declared} />
        </section>
      </div>
    </>
  );
}
