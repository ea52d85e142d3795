/** The desk can work: its database answers and holds its tables. */
import { pool } from '@/lib/database/pool';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const headers = { 'content-type': 'text/plain' };
  try {
    await pool().query('SELECT 1 FROM detection_run LIMIT 1');
    return new Response('ok\n', { headers });
  } catch {
    return new Response('the database does not answer\n', { status: 503, headers });
  }
}
