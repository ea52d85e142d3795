/** GET /api/openapi.json: what machines may ask, for anybody: it holds nothing of this deployment but its address. */
import { readApi } from '@/lib/openapi/read-api';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json(readApi(), { headers: { 'cache-control': 'no-cache' } });
}
