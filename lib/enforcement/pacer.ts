/** Milliseconds of unused time that may be caught up on: what reading and writing between two batches takes. */
const CATCH_UP_MS = 150;

/** Spaces the calls of one run evenly, by monotonic time. */
export class Pacer {
  private next = performance.now();

  constructor(private readonly perSecond: number) {}

  /** Takes the next place. @returns milliseconds until it */
  takePlace(): number {
    const now = performance.now();
    const place = Math.max(this.next, now - CATCH_UP_MS);
    this.next = place + 1000 / this.perSecond;
    return Math.max(0, place - now);
  }
}
