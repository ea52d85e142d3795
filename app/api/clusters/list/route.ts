import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { listClusters } from '@/lib/clusters/list-clusters';
import { clusterFilterSchema } from '@/lib/clusters/schema';

/** The queue for a filter, as the list polls it. */
export function GET(request: Request): Promise<Response> {
  return respond('cluster list', async () => {
    const person = await requirePersonOrThrow();
    return listClusters(
      person,
      clusterFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams)),
    );
  });
}
