import type { Metadata } from 'next';
import { DeclaredTable } from '@/components/clusters/run/declared-table';
import { OrganizationTable } from '@/components/clusters/run/organization-table';
import { RunFacts } from '@/components/clusters/run/run-facts';
import { SuppressedTable } from '@/components/clusters/run/suppressed-table';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { getLatestRun } from '@/lib/clusters/get-latest-run';
import { listDeclared } from '@/lib/clusters/list-declared';
import '@/components/clusters/run/run.css';

export const metadata: Metadata = { title: 'Detection' };

export default async function DetectionPage() {
  const person = await requirePerson();
  const [run, declared] = await Promise.all([getLatestRun(person), listDeclared(person)]);
  return (
    <>
      <PageHeader title="Detection" fit />
      {run ? (
        <div className="dt-scroll">
          <RunFacts run={run} />
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
                say who they are, and ask for nothing unusual or work through one benchmark: no clusters
              </span>
            </header>
            <DeclaredTable groups={declared} />
          </section>
          <OrganizationTable countedAsOne={run.countedAsOne} />
        </div>
      ) : (
        <p className="dt-none soft">Detection has not run yet. It runs by itself when records come in.</p>
      )}
    </>
  );
}
