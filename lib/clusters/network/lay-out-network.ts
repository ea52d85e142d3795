/**
 * Places for a grouped network: the same graph gets the same places, whatever the order it comes in. Values,
 * groups and heaps of like accounts are bodies of a force layout (repulsion against springs, LinLog so that
 * communities part, after Noack 2007); a heap's dots then lie in a sunflower inside it. Pure, typed arrays.
 */
import { type Circle, separate } from './separate-circles';

export interface LayoutNode {
  id: string;
  radius: number;
}

export interface LayoutEdge {
  source: string;
  target: string;
  /** 0 to 1: the share of the source that the edge stands for. */
  weight: number;
}

export interface Box {
  width: number;
  height: number;
}

/** The plane that a picture is made for; dense ones may grow over it. */
export const NETWORK_BOX: Box = { width: 660, height: 440 };

export type Places = Map<string, { x: number; y: number }>;

const ROUNDS = 220;
const GAP = 6;
/** Pixels between the dots of a heap. */
export const DOT_PITCH = 8.5;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Bodies: every node for itself, but nodes without edges to them that share all their targets in one heap. */
interface Body {
  /** The node's id, or of a heap what all in it are tied to. */
  key: string;
  ids: string[];
  radius: number;
}

export interface Layout {
  /** By node. */
  places: Places;
  /** By body: what a later layout may keep to. No account is named. */
  anchors: Places;
}

/** A share of bodies with a kept place below which the picture is another one, and laid out anew. */
const KNOWN = 0.5;

/**
 * Finite places for all nodes, no two overlapping, around the middle of `box`.
 * @param kept places of an earlier picture: what has one stays there, and the rest settles around it
 */
export function layOutNetwork(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  {
    box = NETWORK_BOX,
    kept = new Map(),
  }: { box?: Box; kept?: ReadonlyMap<string, { x: number; y: number }> } = {},
): Layout {
  const order = [...nodes].sort((a, b) => b.radius - a.radius || (a.id < b.id ? -1 : 1));
  const links = [...edges].sort((a, b) => (a.source + a.target < b.source + b.target ? -1 : 1));
  const bodies = gatherHeaps(order, links);
  const bodyOf = new Map(bodies.flatMap((body, index) => body.ids.map((id) => [id, index] as const)));
  const known = bodies.filter((body) => kept.has(body.key)).length;
  const again = known > 0 && known >= bodies.length * KNOWN;
  const circles = relax(bodies, links, bodyOf, box, again ? kept : new Map());
  if (!again) fill(circles, box);
  // A hair less than at first, so that places which were apart then are left where they are.
  separate(circles, again ? GAP - 1 : GAP, box.width / box.height);

  const places: Places = new Map();
  const anchors: Places = new Map();
  for (const [index, body] of bodies.entries()) {
    const circle = { x: tenth(circles[index]!.x), y: tenth(circles[index]!.y) };
    anchors.set(body.key, circle);
    body.ids.forEach((id, k) => {
      const spiral = sunflower(k, body.ids.length === 1 ? 0 : DOT_PITCH);
      places.set(id, { x: circle.x + spiral.x, y: circle.y + spiral.y });
    });
  }
  return { places, anchors };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The k-th of many dots around the origin, `pitch` pixels or more from each other. */
export function sunflower(k: number, pitch: number): { x: number; y: number } {
  const distance = pitch * 0.62 * Math.sqrt(k) + (k > 0 ? pitch * 0.35 : 0);
  return { x: Math.cos(k * GOLDEN_ANGLE) * distance, y: Math.sin(k * GOLDEN_ANGLE) * distance };
}

/** Radius of a heap of `count` dots of radius 3. */
export function heapRadius(count: number): number {
  const last = sunflower(count - 1, DOT_PITCH);
  return Math.hypot(last.x, last.y) + 4;
}

function gatherHeaps(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Body[] {
  const targets = new Map<string, string[]>();
  const isTarget = new Set(edges.map((edge) => edge.target));
  for (const edge of edges) {
    const list = targets.get(edge.source);
    if (list) list.push(edge.target);
    else targets.set(edge.source, [edge.target]);
  }
  const bodies: Body[] = [];
  const heaps = new Map<string, Body>();
  for (const node of nodes) {
    const key = (targets.get(node.id) ?? []).join(' ');
    const heap = heaps.get(key);
    if (isTarget.has(node.id) || key === '' || node.radius > 4) {
      // Groups keep more room about them, so that their rings stay distinct.
      bodies.push({ key: node.id, ids: [node.id], radius: node.radius > 8 ? node.radius + 5 : node.radius });
    } else if (heap) {
      heap.ids.push(node.id);
      heap.radius = heapRadius(heap.ids.length);
    } else {
      const body = { key: `h:${key}`, ids: [node.id], radius: node.radius };
      heaps.set(key, body);
      bodies.push(body);
    }
  }
  return bodies;
}

function relax(
  bodies: Body[],
  edges: readonly LayoutEdge[],
  bodyOf: Map<string, number>,
  box: Box,
  kept: ReadonlyMap<string, { x: number; y: number }>,
): Circle[] {
  const n = bodies.length;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const fx = new Float64Array(n);
  const fy = new Float64Array(n);
  const radius = Float64Array.from(bodies, (body) => body.radius);
  const pairs = new Map<number, number>();
  for (const edge of edges) {
    const a = bodyOf.get(edge.source)!;
    const b = bodyOf.get(edge.target)!;
    pairs.set(a * n + b, Math.max(pairs.get(a * n + b) ?? 0, edge.weight));
  }
  const from = Int32Array.from([...pairs.keys()], (key) => Math.floor(key / n));
  const to = Int32Array.from([...pairs.keys()], (key) => key % n);
  const degree = new Float64Array(n);
  for (let e = 0; e < from.length; e++) {
    degree[from[e]!]! += 1;
    degree[to[e]!]! += 1;
  }
  // A value that everything holds says nothing about who belongs together: its springs are slack.
  const pull = Float64Array.from([...pairs.values()], (weight, e) => weight / Math.sqrt(degree[to[e]!]!));

  const unit = Math.sqrt((box.width * box.height) / Math.max(n, 1));
  for (let i = 0; i < n; i++) {
    const start = sunflower(i, unit);
    x[i] = start.x;
    y[i] = start.y;
  }
  const free = bodies.map((body) => !kept.has(body.key));
  if (kept.size > 0) startFromKept(bodies, from, to, kept, box, x, y);
  // When everything has its place already there is nothing to settle.
  const rounds = free.includes(true) ? ROUNDS : 0;
  for (let round = 0; round < rounds; round++) {
    const heat = unit * 0.6 * (1 - round / ROUNDS) + 0.2;
    fx.fill(0);
    fy.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const dx = x[i]! - x[j]!;
        const dy = y[i]! - y[j]!;
        const square = dx * dx + dy * dy + 0.01;
        const reach = unit + radius[i]! + radius[j]!;
        const push = (reach * reach) / square / 2.2;
        fx[i]! += dx * push * 0.1;
        fy[i]! += dy * push * 0.1;
        fx[j]! -= dx * push * 0.1;
        fy[j]! -= dy * push * 0.1;
      }
    }
    for (let e = 0; e < from.length; e++) {
      const a = from[e]!;
      const b = to[e]!;
      const dx = x[b]! - x[a]!;
      const dy = y[b]! - y[a]!;
      const distance = Math.sqrt(dx * dx + dy * dy) + 0.01;
      const reach = (radius[a]! + radius[b]! + GAP) / distance;
      const strength =
        pull[e]! * unit * 1.5 * Math.max(0, Math.log1p(distance / unit)) * Math.max(0, 1 - reach);
      fx[a]! += (dx / distance) * strength;
      fy[a]! += (dy / distance) * strength;
      fx[b]! -= (dx / distance) * strength;
      fy[b]! -= (dy / distance) * strength;
    }
    for (let i = 0; i < n; i++) {
      if (!free[i]) continue;
      fx[i]! -= x[i]! * 0.06;
      fy[i]! -= y[i]! * 0.06 * (box.width / box.height);
      const force = Math.hypot(fx[i]!, fy[i]!);
      const step = Math.min(force, heat) / (force || 1);
      x[i]! += fx[i]! * step;
      y[i]! += fy[i]! * step;
    }
  }
  // Kept places are told from the corner, forces act about the middle.
  const [left, top] = kept.size > 0 ? [box.width / 2, box.height / 2] : [0, 0];
  return bodies.map((body, i) => ({ x: x[i]! + left, y: y[i]! + top, radius: body.radius }));
}

/** Kept bodies where they were; the others in the middle of their kept neighbours, beside each other. */
function startFromKept(
  bodies: readonly Body[],
  from: Int32Array,
  to: Int32Array,
  kept: ReadonlyMap<string, { x: number; y: number }>,
  box: Box,
  x: Float64Array,
  y: Float64Array,
): void {
  const placeOf = bodies.map((body) => kept.get(body.key));
  const sums = bodies.map(() => ({ x: 0, y: 0, n: 0 }));
  const add = (i: number, place: { x: number; y: number } | undefined) => {
    const sum = sums[i];
    if (!sum || !place) return;
    sum.x += place.x - box.width / 2;
    sum.y += place.y - box.height / 2;
    sum.n += 1;
  };
  for (let e = 0; e < from.length; e++) {
    add(from[e]!, placeOf[to[e]!]);
    add(to[e]!, placeOf[from[e]!]);
  }
  bodies.forEach((_, i) => {
    const place = placeOf[i];
    const { n, ...sum } = sums[i]!;
    const beside = sunflower(i % 40, DOT_PITCH);
    if (place) {
      x[i] = place.x - box.width / 2;
      y[i] = place.y - box.height / 2;
    } else if (n > 0) {
      x[i] = sum.x / n + beside.x;
      y[i] = sum.y / n + beside.y;
    }
  });
}

/** Moves and stretches so that the middles fill the box; stretched at most threefold, so that two nodes stay near. */
function fill(circles: Circle[], box: Box): void {
  for (const [axis, size] of [
    ['x', box.width],
    ['y', box.height],
  ] as const) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const circle of circles) {
      low = Math.min(low, circle[axis] - circle.radius);
      high = Math.max(high, circle[axis] + circle.radius);
    }
    const scale = Math.min(3, size / Math.max(high - low, 1));
    for (const circle of circles) circle[axis] = (circle[axis] - (low + high) / 2) * scale + size / 2;
  }
}
