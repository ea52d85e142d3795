import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getCluster } from '@/lib/clusters/get-cluster';

/** A cluster's details, for the queue's preview. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster', async () => {
    const person = await requirePersonOrThrow();
    return getCluster(person, pathId((await params).id));
  });
}
