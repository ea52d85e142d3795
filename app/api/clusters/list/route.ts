import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { listClusters } from '@/lib/clusters/list-clusters';
import { readFilter } from '@/lib/clusters/queue-filter';
import { queueRowsSchema } from '@/lib/clusters/queue-schema';

/** The queue for a filter, as the list polls it. */
export function GET(request: Request): Promise<Response> {
  return respond('cluster list', async () => {
    const person = await requirePersonOrThrow();
    const { searchParams } = new URL(request.url);
    const { filter } = readFilter(searchParams);
    return listClusters(person, filter, queueRowsSchema.parse(searchParams.get('rows') ?? undefined));
  });
}
