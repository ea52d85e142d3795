import { formatShort } from '@/components/ui/format';
import { Sparkline } from '../sparkline';

/** The row's sparkline, larger, with its greatest day; the cluster's page has classes, dates and the table. */
export function PreviewBars({ values, releaseAt }: { values: number[]; releaseAt: number | null }) {
  const most = Math.max(0, ...values);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return <p className="small mute">No exchanges in these 30 days.</p>;
  return (
    <figure className="pv-bars">
      <div className="pv-plot">
        <Sparkline values={values} releaseAt={releaseAt} width={324} height={72} stretch />
        {releaseAt !== null && (
          <span className="ax-flag" style={{ left: `${(releaseAt / values.length) * 100}%` }}>
            model release
          </span>
        )}
      </div>
      <figcaption className="small mute">
        {formatShort(total)} in all, at most {formatShort(most)} on one day
        {releaseAt === null ? '' : `; ${formatShort(sumFrom(values, releaseAt))} since the release`}
      </figcaption>
    </figure>
  );
}

function sumFrom(values: number[], index: number): number {
  return values.slice(index).reduce((sum, value) => sum + value, 0);
}
