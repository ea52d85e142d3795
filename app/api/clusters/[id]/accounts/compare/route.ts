import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { compareMembers } from '@/lib/clusters/compare-members';
import { comparedSchema } from '@/lib/clusters/compare-schema';
import { AppError } from '@/lib/errors';

/** Accounts beside each other: ?account= as often as wanted. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('compare accounts', async () => {
    const person = await requirePersonOrThrow();
    const named = comparedSchema.safeParse(new URL(request.url).searchParams.getAll('account'));
    if (!named.success)
      throw new AppError('bad_input', named.error.issues[0]?.message ?? 'These accounts cannot be compared.');
    return compareMembers(person, pathId((await params).id), named.data);
  });
}
