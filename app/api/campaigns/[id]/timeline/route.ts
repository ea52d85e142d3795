import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getCampaignTimeline } from '@/lib/intel/get-campaign-timeline';

/** A campaign's traffic by hour and pattern class. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('campaign timeline', async () => {
    const person = await requirePersonOrThrow();
    return getCampaignTimeline(person, pathId((await params).id));
  });
}
