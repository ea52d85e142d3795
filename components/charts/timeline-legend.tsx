import { STACK, type Timeline } from './build-timeline';

/** Shares beside each other in whole per cent, so that they add up: "54 %", "<1 %", "0 %". */
function wholePercent(share: number): string {
  return share > 0 && share < 0.005 ? '<1\u00a0%' : `${Math.round(share * 100)}\u00a0%`;
}

/** Classes with their share of what is shown, and what the lines are. */
export function TimelineLegend({ timeline, other }: { timeline: Timeline; other: string | null }) {
  const { sums, total, hasBenign } = timeline;
  return (
    <div className="legend chart-legend">
      {[...STACK.slice(1), STACK[0]!].map((layer) => {
        const value = sums[STACK.indexOf(layer)] ?? 0;
        return (
          <span key={layer.patternClass} className={value === 0 ? 'mute' : undefined}>
            <span className="swatch" style={{ background: layer.color }} />
            {layer.label} <span className="mute">{total === 0 ? '–' : wholePercent(value / total)}</span>
          </span>
        );
      })}
      {hasBenign && (
        <span>
          <svg width="18" height="6" aria-hidden="true">
            <path d="M0 3h18" stroke="var(--text)" strokeWidth="1.5" strokeDasharray="5 3" />
          </svg>
          benign, same size, mean of a day
        </span>
      )}
      {other && (
        <span>
          <svg width="18" height="6" aria-hidden="true">
            <path d="M0 3h18" stroke="var(--text)" strokeWidth="2" strokeDasharray="1.5 2" />
          </svg>
          {other}, its own size
        </span>
      )}
    </div>
  );
}
