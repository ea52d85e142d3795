/** GET /api/v1/openapi.json: the same as /api/openapi.json, beside the addresses that it describes. */
import { readApi } from '@/lib/openapi/read-api';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json(readApi(), { headers: { 'cache-control': 'no-cache' } });
}
