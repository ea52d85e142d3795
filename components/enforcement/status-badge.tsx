import { Activity, Check, Clock, Minus, OctagonX, Pause, TriangleAlert, X } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { StatusWords } from './words';

const MARKS = {
  clock: Clock,
  activity: Activity,
  pause: Pause,
  check: Check,
  stop: OctagonX,
  cross: X,
  dash: Minus,
  warning: TriangleAlert,
} as const;

/** Where a proposal stands: icon and words on a soft ground. */
export function StatusBadge({ words }: { words: StatusWords }) {
  const Mark = MARKS[words.mark];
  return (
    <Badge tone={words.tone} icon={<Mark className="i" aria-hidden="true" />}>
      {words.text}
    </Badge>
  );
}

/** The same inside a table: no ground, twenty tinted pills are noise. */
export function StatusMark({ words }: { words: StatusWords }) {
  const Mark = MARKS[words.mark];
  return (
    <span className={`p-status ${words.tone ?? ''}`}>
      <Mark className="i" aria-hidden="true" />
      <span className="clip" title={words.text}>
        {words.text}
      </span>
    </span>
  );
}
