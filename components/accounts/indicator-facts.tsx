import { formatCount, formatDay, formatPercent } from '@/components/ui/format';
import type { IndicatorDetail } from '@/lib/clusters/indicator-schema';

/** How rare it is and what that says, beside when it was seen. */
export function IndicatorFacts({ indicator }: { indicator: IndicatorDetail }) {
  const { accounts, population, kindWeight, weight, firstDay, lastDay, clusters, outside } = indicator;
  return (
    <dl className="facts a-facts">
      <div>
        <dt>Accounts with it</dt>
        <dd>
          {formatCount(accounts)}
          <small>
            of {formatCount(population)}, {formatPercent(accounts / Math.max(1, population))}
          </small>
        </dd>
      </div>
      <div>
        <dt>What sharing it says</dt>
        <dd title="1: as good as proof. 0: everybody has it. The kind's own weight is what it says when two alone hold it.">
          {weight.toFixed(2)}
          <small>{kindWeight === 0 ? 'context only' : `of ${kindWeight.toFixed(2)} for its kind`}</small>
        </dd>
      </div>
      <div>
        <dt>In clusters</dt>
        <dd>
          {formatCount(clusters.length)}
          <small>{formatCount(outside)} accounts in none</small>
        </dd>
      </div>
      <div>
        <dt>First seen</dt>
        <dd>{firstDay ? formatDay(firstDay) : '–'}</dd>
      </div>
      <div>
        <dt>Last seen</dt>
        <dd>{lastDay ? formatDay(lastDay) : '–'}</dd>
      </div>
    </dl>
  );
}
