import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { listSimilar } from '@/lib/clusters/list-similar';

/** Clusters that share values or accounts with this one. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('similar clusters', async () =>
    listSimilar(await requirePersonOrThrow(), pathId((await params).id)),
  );
}
