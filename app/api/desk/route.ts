import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getDeskStatus } from '@/lib/clusters/desk-status';

/** The nav's counts and its foot, as the shell polls them. */
export function GET(): Promise<Response> {
  return respond('desk status', async () => getDeskStatus(await requirePersonOrThrow()));
}
