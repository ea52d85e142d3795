import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { downloadShare } from '@/lib/intel/download-share';

/** The bundle of an approved share, as a file. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  let file: Response | undefined;
  const answer = await respond('share bundle', async () => {
    const { name, bundle } = await downloadShare(await requirePersonOrThrow(), pathId((await params).id));
    file = new Response(bundle, {
      headers: {
        'cache-control': 'no-store',
        'content-type': 'application/stix+json;version=2.1',
        'content-disposition': `attachment; filename="${name}"`,
      },
    });
  });
  return file ?? answer;
}
