/** The frame of a server action. */
import { unstable_rethrow } from 'next/navigation';
import { ZodError } from 'zod';
import type { ActionResult } from '@/lib/errors';
import { describeError } from './describe-error';

/** The value of `act`, or why it failed in words for the person. Redirects pass through. @param where for the log */
export async function runAction<T>(where: string, act: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof ZodError) {
      return {
        ok: false,
        code: 'bad_input',
        message: error.issues[0]?.message ?? 'Something in the form is not right.',
      };
    }
    const { code, message, errorId } = describeError(error, where);
    return { ok: false, code, message, ...(errorId && { errorId }) };
  }
}
