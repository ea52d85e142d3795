import { formatPercent, formatShort } from '@/components/ui/format';

/** A share as bar and figure; never "100 %" of what is not all. @param of says of how many beside it */
export function ShareMeter({ share, title, of }: { share: number; title: string; of?: number }) {
  const words = share < 1 && share >= 0.995 ? '>99\u00a0%' : formatPercent(share);
  return (
    <span className="in-share" title={title}>
      <span className="meter" aria-hidden="true">
        <i style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className={share === 0 ? 'mute' : undefined}>{words}</span>
      {of !== undefined && <span className="mute">of {formatShort(of)}</span>}
    </span>
  );
}
