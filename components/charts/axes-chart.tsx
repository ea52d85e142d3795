import { formatOf } from '@/components/ui/format';
import type { AxisThresholds, ClusterDetail } from '@/lib/clusters/schema';
import { QUADRANT_LABELS } from '../clusters/axes-glyph';
import { AxesTable } from './axes-table';

const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;

/** How dark a cell of the cloud is, by the logarithm: a few accounts beside thousands are still seen. */
function density(accounts: number, cloud: AxisThresholds['cloud']): number {
  const most = Math.max(...cloud.map((cell) => cell.accounts));
  return 0.12 + 0.4 * (Math.log1p(accounts) / Math.log1p(most));
}

/** Where a cluster lies between chance and operation: up is coordination, right is extraction; other clusters as dots,
 * groups of benign accounts as a cloud. */
export function AxesChart({
  coordination,
  extraction,
  quadrant,
  thresholds,
  others,
}: Pick<ClusterDetail, 'coordination' | 'extraction' | 'quadrant' | 'thresholds' | 'others'>) {
  const right = percent(thresholds.extraction);
  const up = percent(thresholds.coordination);
  const inCloud = thresholds.cloud.reduce((sum, { accounts }) => sum + accounts, 0);
  return (
    <>
      <div
        className="axes-plot"
        role="img"
        aria-label={`Coordination ${coordination.toFixed(2)}, extraction ${extraction.toFixed(2)}; the table below has the other clusters`}
      >
        {thresholds.cloud.map((cell) => (
          <span
            key={`${cell.coordination} ${cell.extraction}`}
            className="axes-cell"
            style={{
              left: percent(cell.extraction / thresholds.cloudCells),
              bottom: percent(cell.coordination / thresholds.cloudCells),
              width: percent(1 / thresholds.cloudCells),
              height: percent(1 / thresholds.cloudCells),
              opacity: density(cell.accounts, thresholds.cloud),
            }}
          />
        ))}
        <span className="axes-high" style={{ left: right, bottom: up }} />
        <svg className="axes-cloud" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          <path d={dots(others)} />
        </svg>
        <span className="axes-line" style={{ left: right, top: 0, bottom: 0, width: 1 }} />
        <span className="axes-line" style={{ bottom: up, left: 0, right: 0, height: 1 }} />
        <span className="axes-word" style={{ left: 6, top: 4 }}>
          Reseller
        </span>
        <span className="axes-word" style={{ left: `calc(${right} + 6px)`, bottom: `calc(${up} + 4px)` }}>
          Distillation
        </span>
        <span className="axes-word" style={{ left: 6, bottom: 4 }}>
          Benign
        </span>
        <span className="axes-word" style={{ left: `calc(${right} + 6px)`, bottom: 4 }}>
          Lone actor
        </span>
        <span className="axes-this" style={{ left: percent(extraction), bottom: percent(coordination) }} />
        <span className="axes-end" style={{ left: -18, top: -3 }}>
          1
        </span>
        <span className="axes-end" style={{ left: -18, bottom: -6 }}>
          0
        </span>
        <span className="axes-end" style={{ right: 0, bottom: -18 }}>
          1
        </span>
        <span className="axes-name" style={{ left: '50%', bottom: -18, translate: '-50%' }}>
          Extraction
        </span>
        <span
          className="axes-name axes-up"
          style={{ left: -24, top: '50%', writingMode: 'vertical-rl', rotate: '180deg', translate: '0 -50%' }}
        >
          Coordination
        </span>
      </div>
      <div className="legend">
        <span>
          <svg width="12" height="12" aria-hidden="true">
            <circle cx="6" cy="6" r="5" fill="var(--accent)" />
          </svg>
          this: coordination {coordination.toFixed(2)}, extraction {extraction.toFixed(2)}
        </span>
        <span>
          <svg width="10" height="10" aria-hidden="true">
            <circle cx="5" cy="5" r="2.5" className="axes-other" />
          </svg>
          {formatOf(others.length, 'other cluster')}
        </span>
        {inCloud > 0 && (
          <span title="Groups of accounts outside every cluster that share something; darker holds more">
            <svg width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" fill="var(--text-3)" opacity="0.45" />
            </svg>
            {formatOf(inCloud, 'benign account')} that share something
          </span>
        )}
      </div>
      <p className="small mute axes-note">
        {QUADRANT_LABELS[quadrant]}. Lines: coordination {thresholds.coordination.toFixed(2)}, extraction{' '}
        {thresholds.extraction.toFixed(2)}; {originOf(thresholds)}.
      </p>
      {others.length > 0 && <AxesTable others={others} />}
    </>
  );
}

/** A point for each, which a round stroke makes a dot: hundreds of elements would be half of the page. */
const dots = (others: ClusterDetail['others']): string =>
  others.map(({ extraction, coordination }) => `M${clamp(extraction)} ${clamp(1 - coordination)}h0`).join('');

const clamp = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;

/** Where the lines come from: this deployment's benign traffic, or the defaults that shipped. */
function originOf({ coordinationFrom, extractionFrom, benignAccounts }: AxisThresholds): string {
  const own = `from ${formatOf(benignAccounts, 'benign account')} of this deployment`;
  if (coordinationFrom === 'deployment' && extractionFrom === 'deployment') return `both ${own}`;
  const shipped = 'from simulated benign worlds, as shipped';
  if (coordinationFrom === extractionFrom) return `both ${shipped}`;
  const first = coordinationFrom === 'deployment' ? 'coordination' : 'extraction';
  return `${first} ${own}, the other ${shipped}`;
}
