import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getVolumes } from '@/lib/clusters/get-volumes';
import { volumeDaysSchema } from '@/lib/clusters/volume-schema';

/** Volumes over time and abuse by door, for the overview: ?days=30, 90 or 365. */
export function GET(request: Request): Promise<Response> {
  return respond('overview', async () => {
    const person = await requirePersonOrThrow();
    return getVolumes(
      person,
      volumeDaysSchema.parse(new URL(request.url).searchParams.get('days') ?? undefined),
    );
  });
}
