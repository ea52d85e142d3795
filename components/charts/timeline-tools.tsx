import { Minus, Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { Measure } from './build-timeline';
import type { TimelineState } from './use-timeline';

const RANGES = [
  { label: '24 h', days: 1 },
  { label: '7 d', days: 7 },
  { label: '30 d', days: 30 },
  { label: '6 mo', days: 183 },
  { label: 'all', days: null },
] as const;
export const MEASURES: { measure: Measure; label: string; words: string }[] = [
  { measure: 'exchanges', label: 'Exchanges', words: 'exchanges' },
  { measure: 'outputTokens', label: 'Tokens', words: 'output tokens' },
];

export function MeasureChoice({ state }: { state: TimelineState }) {
  return (
    <fieldset className="seg" aria-label="What is counted">
      {MEASURES.map((each) => (
        <button
          key={each.measure}
          type="button"
          aria-pressed={state.measure === each.measure}
          onClick={() => state.setMeasure(each.measure)}
        >
          {each.label}
        </button>
      ))}
    </fieldset>
  );
}

/** Ranges that end with the records, and steps closer and wider. */
export function RangeChoice({ state }: { state: TimelineState }) {
  return (
    <>
      <fieldset className="seg" aria-label="Range">
        {RANGES.map((each) => (
          <button
            key={each.label}
            type="button"
            aria-pressed={state.days === each.days}
            onClick={() => state.setDays(each.days)}
          >
            {each.label}
          </button>
        ))}
      </fieldset>
      <span className="chart-zoom">
        <Button
          variant="ghost"
          icon
          className="short"
          aria-label="Shorter range"
          title="Shorter range, or pinch over the chart. An hour is the finest that is kept."
          onClick={() => state.zoom(0.5)}
        >
          <Plus className="i" aria-hidden="true" />
        </Button>
        <Button
          variant="ghost"
          icon
          className="short"
          aria-label="Longer range"
          title="Longer range"
          onClick={() => state.zoom(2)}
        >
          <Minus className="i" aria-hidden="true" />
        </Button>
      </span>
    </>
  );
}

export interface OtherCluster {
  id: number;
  name: string;
}

/** Another cluster's traffic as a line over the bars. */
export function CompareChoice({ state, others }: { state: TimelineState; others: readonly OtherCluster[] }) {
  if (others.length === 0) return null;
  return (
    <label className="chart-compare">
      <span className="vh">Compare with another cluster</span>
      <select
        className="field"
        value={state.otherId ?? ''}
        onChange={(event) => state.setOtherId(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">Compare…</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {`CL-${id} ${name}`}
          </option>
        ))}
      </select>
    </label>
  );
}
