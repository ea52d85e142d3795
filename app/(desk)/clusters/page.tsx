import type { Metadata } from 'next';
import { firstOfEach } from '@/app/first-of-each';
import { filterQuery } from '@/components/clusters/queue/filter-query';
import { Queue } from '@/components/clusters/queue/queue';
import { requirePerson } from '@/lib/access/current-person';
import { getDeskStatus } from '@/lib/clusters/desk-status';
import { listClusters } from '@/lib/clusters/list-clusters';
import { clusterFilterSchema } from '@/lib/clusters/schema';
import {
  claimClusterAction,
  claimClustersAction,
  decideClusterAction,
  releaseClusterAction,
} from './actions';

export const metadata: Metadata = { title: 'Clusters' };

type Params = Promise<Record<string, string | string[] | undefined>>;

export default async function ClustersPage({ searchParams }: { searchParams: Params }) {
  const person = await requirePerson();
  const filter = clusterFilterSchema.parse(firstOfEach(await searchParams));
  const [page, status] = await Promise.all([listClusters(person, filter), getDeskStatus(person)]);
  return (
    <Queue
      initial={{ query: filterQuery(filter), page, readAt: Date.now() }}
      actions={{
        claim: claimClusterAction,
        claimMany: claimClustersAction,
        release: releaseClusterAction,
        decide: decideClusterAction,
      }}
      hasRecords={status.lastRecordAt !== null}
      hasRun={status.detection !== null}
    />
  );
}
