/** The frame of a server action. */
import { unstable_rethrow } from 'next/navigation';
import type { ActionResult } from '@/lib/errors';
import { describeError } from './describe-error';

/** The value of `act`, or why it failed in words for the person. Redirects pass through. @param where for the log */
export async function runAction<T>(where: string, act: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    unstable_rethrow(error);
    const { code, message, errorId } = describeError(error, where);
    return { ok: false, code, message, ...(errorId && { errorId }) };
  }
}
