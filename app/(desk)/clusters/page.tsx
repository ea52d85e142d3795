import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { firstOfEach } from '@/app/first-of-each';
import { DENSITY_COOKIE, parseDensity } from '@/components/clusters/queue/density';
import { Queue } from '@/components/clusters/queue/queue';
import { requirePerson } from '@/lib/access/current-person';
import { getDeskStatus } from '@/lib/clusters/desk-status';
import { listClusters } from '@/lib/clusters/list-clusters';
import { filterQuery, QUEUE_ROWS, readFilter } from '@/lib/clusters/queue-filter';
import { listViews } from '@/lib/clusters/views/list-views';
import { previewAction, proposeAction } from './[id]/actions';
import {
  claimClusterAction,
  claimManyAction,
  decideClusterAction,
  dismissManyAction,
  releaseClusterAction,
  removeViewAction,
  saveViewAction,
  undoDecisionAction,
} from './actions';

export const metadata: Metadata = { title: 'Clusters' };

type Params = Promise<Record<string, string | string[] | undefined>>;

export default async function ClustersPage({ searchParams }: { searchParams: Params }) {
  const person = await requirePerson();
  const { filter } = readFilter(Object.entries(firstOfEach(await searchParams)));
  const [page, status, views, jar] = await Promise.all([
    listClusters(person, filter, QUEUE_ROWS.page),
    getDeskStatus(person),
    listViews(person),
    cookies(),
  ]);
  return (
    <Queue
      initial={{ query: filterQuery(filter), page, readAt: Date.now() }}
      actions={{
        claim: claimClusterAction,
        claimMany: claimManyAction,
        dismissMany: dismissManyAction,
        release: releaseClusterAction,
        decide: decideClusterAction,
        undo: undoDecisionAction,
        preview: previewAction,
        propose: proposeAction,
        save: saveViewAction,
        remove: removeViewAction,
      }}
      views={views}
      density={parseDensity(jar.get(DENSITY_COOKIE)?.value)}
      hasRecords={status.lastRecordAt !== null}
      hasRun={status.detection !== null}
    />
  );
}
