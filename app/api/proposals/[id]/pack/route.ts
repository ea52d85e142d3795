import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { type EvidencePack, packEvidence } from '@/lib/enforcement/pack-evidence';

/** The evidence pack of a proposal, as one file. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  let pack: EvidencePack | undefined;
  const answer = await respond('evidence pack', async () => {
    pack = await packEvidence(await requirePersonOrThrow(), pathId((await params).id));
    return null;
  });
  if (!pack) return answer;
  return new Response(new Uint8Array(pack.content), {
    headers: {
      'cache-control': 'no-store',
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${pack.name}"`,
    },
  });
}
