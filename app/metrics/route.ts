/** GET /metrics: for Prometheus, with a key that opens it ("authorization: credentials" of its scrape configuration).
 * An address is no proof: behind a proxy on this machine everybody comes from the loopback. */
import { refuse } from '@/app/api/respond';
import { authenticateKey } from '@/lib/access/authenticate-key';
import { readMetrics } from '@/lib/metrics/read-metrics';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  try {
    await authenticateKey(request.headers.get('authorization'), 'metrics');
    const { type, text } = await readMetrics();
    return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
  } catch (error) {
    return refuse(error, 'GET /metrics');
  }
}
