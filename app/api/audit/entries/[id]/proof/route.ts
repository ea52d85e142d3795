import { pathEntry, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getInclusionProof } from '@/lib/audit/get-inclusion-proof';
import { AppError } from '@/lib/errors';

/** That an entry stands in the log, as a file that verify-log.mjs reads. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  let index = 0;
  const answer = await respond('inclusion proof', async () => {
    const proof = await getInclusionProof(await requirePersonOrThrow(), pathEntry((await params).id));
    if (!proof)
      throw new AppError('not_found', 'No checkpoint covers this entry yet. Try again in some seconds.');
    index = proof.index;
    return proof;
  });
  if (answer.ok) answer.headers.set('content-disposition', `attachment; filename="weir-proof-${index}.json"`);
  return answer;
}
