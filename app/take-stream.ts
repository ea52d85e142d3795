/** What POST /api/v1/records and POST /v1/traces have in common: room for one stream, who sends it, and its end. */
import { authenticateKey } from '@/lib/access/authenticate-key';
import type { KeyActor } from '@/lib/access/schema';
import { StreamSlot } from '@/lib/access/take-stream-slot';
import { AppError, type ErrorCode } from '@/lib/errors';
import { intakeLimits } from '@/lib/ingest/intake-limits';
import type { RequestBody } from '@/lib/ingest/read-body';
import { type BreakKind, BrokenStreamError } from '@/lib/records/broken-stream';
import { UnreadableInputError } from '@/lib/records/read-lines';

const REFUSALS: Record<BreakKind, { code: ErrorCode; remedy: string }> = {
  damaged: { code: 'bad_input', remedy: 'send it again whole, nothing counts twice' },
  gone: { code: 'bad_input', remedy: 'send it again whole, nothing counts twice' },
  too_large: { code: 'too_large', remedy: 'send the rest in smaller parts, nothing counts twice' },
  too_slow: { code: 'too_slow', remedy: 'send it again without a pause so long, nothing counts twice' },
};

/**
 * Hands one body and its sender to `work`, when there is room for one more. Whatever becomes of it, the room is given
 * back; a body that is not read to its end is the caller's to discard.
 * @throws AppError for people, also for what broke the body; else what `work` throws
 */
export async function takeStream<T>(
  request: Request,
  body: RequestBody,
  work: (actor: KeyActor) => Promise<T>,
): Promise<T> {
  let slot: StreamSlot | undefined;
  try {
    const limits = intakeLimits();
    slot = StreamSlot.take(limits);
    const actor = await authenticateKey(request.headers.get('authorization'));
    slot.countFor(String(actor.id), limits);
    body.check();
    return await work(actor);
  } catch (error) {
    throw forSender(error);
  } finally {
    slot?.giveBack();
  }
}

function forSender(error: unknown): unknown {
  const isWhole = !(error instanceof UnreadableInputError);
  const broken = isWhole ? error : error.cause;
  // A key that ended meanwhile says so itself.
  if (broken instanceof AppError) return broken;
  if (isWhole && !(broken instanceof BrokenStreamError)) return error;
  const { code, remedy } = REFUSALS[broken instanceof BrokenStreamError ? broken.kind : 'damaged'];
  return new AppError(
    code,
    `The body could not be read to its end: ${(error as Error).message}. What came before it was taken; ${remedy}.`,
    undefined,
    { cause: error },
  );
}
