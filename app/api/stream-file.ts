/** Files that are made while they are sent. */
import { AppError } from '@/lib/errors';

/** How often a long file asks whether its reader may still have it. */
const ASKED_EVERY_MS = 5_000;

/**
 * An answer whose body comes from `chunks`: one is made when the reader has taken the last, and making stops when the
 * reader goes away. The first is awaited here, so that a refusal is still an answer of its own.
 * @param still false once the reader's session is over: the file then breaks off, so that nobody takes it for whole
 */
export async function streamFile(
  chunks: AsyncGenerator<string | Uint8Array>,
  { type, name }: { type: string; name: string },
  still: () => Promise<boolean>,
  askedEveryMs = ASKED_EVERY_MS,
): Promise<Response> {
  let asked = performance.now();
  const encoder = new TextEncoder();
  const encode = (chunk: string | Uint8Array) => (typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
  const first = await chunks.next();
  let waiting = first.done ? null : encode(first.value);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (waiting) {
          controller.enqueue(waiting);
          waiting = null;
          return;
        }
        if (performance.now() - asked > askedEveryMs) {
          asked = performance.now();
          if (!(await still())) {
            await chunks.return(undefined);
            throw new AppError('not_signed_in', 'Your session has ended. Sign in again.');
          }
        }
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(encode(next.value));
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      'cache-control': 'no-store',
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
}
