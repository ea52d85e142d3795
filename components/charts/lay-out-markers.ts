/** What happened beside a timeline, on one line: marks at their time, labels that never touch. Pure. */
import type { ClusterTimeline } from '@/lib/clusters/schema';
import type { TimeRange } from './build-timeline';

export type MarkerKind = 'release' | 'ban' | 'decision' | 'other';

export interface Marker {
  at: number;
  kind: MarkerKind;
  label: string;
}

export interface PlacedMarker extends Marker {
  /** Pixels from the plot's left edge. */
  x: number;
  /** What fits of the label, or null: the mark then stands alone and tells its label on hover and in the table. */
  text: string | null;
  side: 'left' | 'right';
}

const LETTER = 6;
const MARK = 8;
const GAP = 6;
const SHORTEST = 5;
/** Of marks at one place the weightiest says its label; the others tell theirs on hover and in the table. */
const WEIGHT: Record<MarkerKind, number> = { ban: 3, release: 2, decision: 1, other: 0 };

/** Releases, bans and decisions inside a range, oldest first. */
export function markersIn(timeline: ClusterTimeline, { from, to }: TimeRange): Marker[] {
  return [
    ...timeline.releases.map(
      ({ model, at }): Marker => ({ at: Date.parse(at), kind: 'release', label: `${model} released` }),
    ),
    ...timeline.actions.map(({ at, label, kind }): Marker => ({ at: Date.parse(at), kind, label })),
  ]
    .filter((marker) => marker.at >= from && marker.at <= to)
    .sort((a, b) => a.at - b.at || (a.label < b.label ? -1 : 1));
}

/** Each label goes right of its mark, else left of it, else it is cut or left out. `width` is the plot's, in pixels. */
export function layOutMarkers(
  markers: readonly Marker[],
  { from, to }: TimeRange,
  width: number,
): PlacedMarker[] {
  const xs = markers.map((marker) => ((marker.at - from) / Math.max(to - from, 1)) * width);
  const covered = (i: number): boolean =>
    xs.some((x, j) => {
      const heavier = WEIGHT[markers[j]!.kind] - WEIGHT[markers[i]!.kind];
      return Math.abs(x - xs[i]!) < MARK && heavier > 0;
    });
  let end = -GAP;
  return markers.map((marker, i) => {
    const x = xs[i]!;
    const letters = [...marker.label];
    const wanted = letters.length * LETTER + MARK;
    const right = Math.min(width, (xs[i + 1] ?? width + MARK + GAP) - MARK - GAP) - x;
    const left = x - end - GAP;
    const place = (text: string | null, side: 'left' | 'right', reach: number): PlacedMarker => {
      end = Math.max(end, side === 'right' ? x + reach : x + MARK / 2);
      return { ...marker, x, text, side };
    };
    if (covered(i)) return { ...marker, x, text: null, side: 'right' };
    const free = x - MARK / 2 >= end;
    if (free && right >= wanted) return place(marker.label, 'right', wanted);
    if (left >= wanted) return place(marker.label, 'left', wanted);
    const cut = (reach: number): string | null => {
      const fits = Math.floor((reach - MARK) / LETTER) - 1;
      return fits < SHORTEST ? null : `${letters.slice(0, fits).join('').trimEnd()}…`;
    };
    const cutRight = free ? cut(right) : null;
    if (cutRight !== null) return place(cutRight, 'right', right);
    const cutLeft = cut(left);
    if (cutLeft !== null) return place(cutLeft, 'left', left);
    return place(null, 'right', MARK / 2);
  });
}
