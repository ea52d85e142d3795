import type { Quadrant } from '@/lib/clusters/schema';

/** The quadrant in words. */
export const QUADRANT_LABELS: Record<Quadrant, string> = {
  distillation: 'Distillation',
  reseller_review: 'Reseller, to review',
  lone_extraction: 'Lone extraction',
  benign: 'Benign',
};

const CELLS: { x: number; y: number; quadrant: Quadrant }[] = [
  { x: 0.5, y: 0.5, quadrant: 'reseller_review' },
  { x: 10.5, y: 0.5, quadrant: 'distillation' },
  { x: 0.5, y: 10.5, quadrant: 'benign' },
  { x: 10.5, y: 10.5, quadrant: 'lone_extraction' },
];

const SPOKEN: Record<Quadrant, string> = {
  distillation: 'coordination high, extraction high',
  reseller_review: 'coordination high, extraction low',
  lone_extraction: 'coordination low, extraction high',
  benign: 'coordination low, extraction low',
};

/** Two by two: up is coordination, right is extraction. */
export function AxesGlyph({ quadrant, size = 20 }: { quadrant: Quadrant; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      className="quad"
      role="img"
      aria-label={SPOKEN[quadrant]}
    >
      <title>{`${QUADRANT_LABELS[quadrant]}: ${SPOKEN[quadrant]}`}</title>
      {CELLS.map((cell) => (
        <rect
          key={cell.quadrant}
          x={cell.x}
          y={cell.y}
          width="9"
          height="9"
          rx="1"
          fill="currentColor"
          opacity={cell.quadrant === quadrant ? 1 : 0.16}
        />
      ))}
    </svg>
  );
}
