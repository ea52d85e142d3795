import { formatMoment } from '@/components/ui/format';
import type { MarkerKind, PlacedMarker } from './lay-out-markers';

/** Release flag, ban triangle, decision ring, dot: the same everywhere. Centred on the origin. */
function MarkerShape({ kind }: { kind: MarkerKind }) {
  switch (kind) {
    case 'release':
      return <path d="M0-4h6l-2 3 2 3H0z" fill="var(--accent)" />;
    case 'ban':
      return <path d="M-4-3h8l-4 7z" fill="var(--text)" />;
    case 'decision':
      return <circle r="3" fill="var(--surface)" stroke="var(--text)" strokeWidth="1.5" />;
    case 'other':
      return <circle r="2.5" fill="var(--text-2)" />;
  }
}

/** The line of marks above a plot, each with its dashed stem down to `bottom`. */
export function MarkerLine({
  markers,
  left,
  bottom,
}: {
  markers: PlacedMarker[];
  left: number;
  bottom: number;
}) {
  return (
    <g>
      {markers.map((marker) => {
        const x = Math.round(left + marker.x) + 0.5;
        return (
          <g key={`${marker.at} ${marker.label}`}>
            <title>{`${marker.label}, ${formatMoment(new Date(marker.at).toISOString())}`}</title>
            <path
              className="ev"
              d={`M${x} 12V${bottom}`}
              style={marker.kind === 'release' ? { stroke: 'var(--accent)' } : undefined}
            />
            <g transform={`translate(${x} 8)`}>
              <MarkerShape kind={marker.kind} />
            </g>
            {marker.text !== null && (
              <text
                className="ax-d"
                x={marker.side === 'right' ? x + 10 : x - 8}
                y="12"
                textAnchor={marker.side === 'right' ? 'start' : 'end'}
              >
                {marker.text}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
