import { formatScore } from '@/components/ui/format';
import { type Severity, severityOf } from '@/lib/detection/severity';

const BARS: Record<Severity, number> = { low: 1, medium: 2, high: 3, critical: 4 };
export const SEVERITY_LABELS: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** A score with its bars: four, three, two or one filled. The word is read out, or shown with `word`. */
export function SeverityMark({ score, word = false }: { score: number; word?: boolean }) {
  const severity = severityOf(score);
  return (
    <span className={`sev ${severity}`}>
      <svg viewBox="0 0 14 12" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 3.5}
            y={9 - bar * 3}
            width="2.5"
            height={3 + bar * 3}
            rx=".5"
            fill="currentColor"
            opacity={bar < BARS[severity] ? undefined : 0.22}
          />
        ))}
      </svg>
      {formatScore(score)}
      {word ? (
        <span className="soft sev-word">{SEVERITY_LABELS[severity]}</span>
      ) : (
        <span className="vh"> {SEVERITY_LABELS[severity].toLowerCase()}</span>
      )}
    </span>
  );
}
