import { pathId, respond } from '@/app/api/respond';
import { authenticateKey } from '@/lib/access/authenticate-key';
import { listAccountsForMachines } from '@/lib/clusters/list-for-machines';
import { accountQuery } from '@/lib/clusters/machine-schema';

/** GET /api/v1/clusters/ID/accounts: a page of its accounts, the strongest first. ?role= ?offset= ?limit= */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('GET /api/v1/clusters/ID/accounts', async () => {
    const actor = await authenticateKey(request.headers.get('authorization'), 'clusters');
    const query = accountQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
    return listAccountsForMachines(actor, pathId((await params).id), query);
  });
}
