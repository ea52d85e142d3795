import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getVerification } from '@/lib/audit/get-verification';

/** How the log stands: its head, what waits, and what that proves. */
export function GET(): Promise<Response> {
  return respond('audit verification', async () => getVerification(await requirePersonOrThrow()));
}
