import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getNetwork } from '@/lib/clusters/get-network';

/** A cluster's accounts and what they share, grouped and placed; ?expand=GROUP draws one group by its accounts. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster network', async () => {
    const person = await requirePersonOrThrow();
    const expand = new URL(request.url).searchParams.get('expand') ?? undefined;
    return getNetwork(person, pathId((await params).id), { expand: expand?.slice(0, 64) });
  });
}
