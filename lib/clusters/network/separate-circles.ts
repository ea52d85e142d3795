/** Moves circles apart until none overlaps, each as little as needed. Pure and deterministic. */

export interface Circle {
  x: number;
  y: number;
  radius: number;
}

const SWEEPS = 80;

/**
 * Changes the circles in place; afterwards every two are at least `gap` apart. First pairs push each other,
 * which keeps the picture; whatever is still caught then moves outwards on a spiral to the next free place.
 * @param aspect width over height of the plane, so that the spiral widens the picture in its own shape
 */
export function separate(circles: readonly Circle[], gap: number, aspect = 1): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) if (!pushPairs(circles, gap)) return;

  const placed: Circle[] = [];
  for (const circle of circles) {
    const { x, y } = circle;
    for (let k = 1; placed.some((other) => overlaps(circle, other, gap)); k++) {
      const distance = 2 * Math.sqrt(k);
      circle.x = x + Math.cos(k * 0.7) * distance * aspect;
      circle.y = y + Math.sin(k * 0.7) * distance;
    }
    placed.push(circle);
  }
}

const overlaps = (a: Circle, b: Circle, gap: number): boolean =>
  Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius + gap;

/** One sweep over all pairs; true while some still overlapped. A larger circle moves less. */
function pushPairs(circles: readonly Circle[], gap: number): boolean {
  let moved = false;
  for (let i = 0; i < circles.length; i++) {
    const a = circles[i]!;
    for (let j = i + 1; j < circles.length; j++) {
      const b = circles[j]!;
      const reach = a.radius + b.radius + gap;
      let dx = b.x - a.x;
      let dy = b.y - a.y;
      if (Math.abs(dx) >= reach || Math.abs(dy) >= reach) continue;
      let distance = Math.hypot(dx, dy);
      if (distance >= reach) continue;
      if (distance < 1e-6) {
        // Two at one point have no direction to part in: one made of their positions in the list.
        dx = Math.cos(i * 2.4 + j);
        dy = Math.sin(i * 2.4 + j);
        distance = 1;
      }
      const push = (reach - Math.hypot(b.x - a.x, b.y - a.y) + 0.01) / distance;
      const share = b.radius / (a.radius + b.radius);
      a.x -= dx * push * share;
      a.y -= dy * push * share;
      b.x += dx * push * (1 - share);
      b.y += dy * push * (1 - share);
      moved = true;
    }
  }
  return moved;
}
