import { respond } from '@/app/api/respond';
import { authenticateKey } from '@/lib/access/authenticate-key';
import { listForMachines } from '@/lib/clusters/list-for-machines';
import { clusterQuery } from '@/lib/clusters/machine-schema';

/** GET /api/v1/clusters: a page of the latest run's clusters, best first. ?status= ?quadrant= ?offset= ?limit= */
export function GET(request: Request): Promise<Response> {
  return respond('GET /api/v1/clusters', async () => {
    const actor = await authenticateKey(request.headers.get('authorization'), 'clusters');
    return listForMachines(actor, clusterQuery.parse(Object.fromEntries(new URL(request.url).searchParams)));
  });
}
