/** For streams of any length: what was allowed when they began is asked again while they last. */

const ASKED_EVERY_MS = 10_000;

/** Hands the pieces on until `still` throws. */
export async function* whileStill<T>(
  pieces: AsyncIterable<T>,
  still: () => Promise<void>,
  askedEveryMs = ASKED_EVERY_MS,
): AsyncGenerator<T> {
  let asked = performance.now();
  for await (const piece of pieces) {
    if (performance.now() - asked > askedEveryMs) {
      asked = performance.now();
      await still();
    }
    yield piece;
  }
}
