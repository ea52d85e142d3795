import { pathId, respond } from '@/app/api/respond';
import { authenticateKey } from '@/lib/access/authenticate-key';
import { getForMachines } from '@/lib/clusters/list-for-machines';

/** GET /api/v1/clusters/ID: one cluster as `weir clusters export` writes it. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('GET /api/v1/clusters/ID', async () => {
    const actor = await authenticateKey(request.headers.get('authorization'), 'clusters');
    return getForMachines(actor, pathId((await params).id));
  });
}
