/** Which points a hand-drawn loop holds. Pure. */

export interface Point {
  x: number;
  y: number;
}

/** Even-odd rule over the loop, closed from its end to its start; a loop of less than three points holds nothing. */
export function insideLasso(loop: readonly Point[], { x, y }: Point): boolean {
  if (loop.length < 3) return false;
  let inside = false;
  for (let i = 0; i < loop.length; i++) {
    const a = loop[i]!;
    const b = loop[(i + loop.length - 1) % loop.length]!;
    if (a.y > y === b.y > y) continue;
    if (x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
