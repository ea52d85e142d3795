/** Agreement of two analysts, in words. Pure. */
import { formatCount, formatOf, formatPercent } from '@/components/ui/format';
import type { Agreement, ReviewVerdict } from '@/lib/clusters/review-schema';

export const VERDICT_LABELS: Record<ReviewVerdict, string> = {
  belongs: 'Belongs',
  does_not: 'Does not belong',
  cannot_tell: 'Cannot tell',
};

/** "19 of 20 belong, 80 to 99 %"; what could not be told is left out. */
export function shareWords({ belongs, doesNot, cannotTell, share }: Agreement): string {
  if (!share) return `of ${formatOf(cannotTell, 'account')} none could be told`;
  const told = `${formatCount(belongs)} of ${formatCount(belongs + doesNot)} belong`;
  return `${told}, ${percentRange(share)}${cannotTell > 0 ? `; ${formatCount(cannotTell)} could not be told` : ''}`;
}

/** "80 to 99 %". */
const percentRange = ({ low, high }: { low: number; high: number }): string =>
  `${Math.round(low * 100)} to ${formatPercent(high)}`;

/** "kappa 0.83", or why there is none. */
export function kappaWords({ kappa, controlsIn, controlsOut }: Agreement): string {
  if (kappa !== null) return `kappa ${kappa.toFixed(2)}`;
  return controlsIn + controlsOut === 0
    ? 'no kappa: there were no controls'
    : 'no kappa: one answer was given throughout';
}

/** What the controls showed: whoever says yes to everything is seen by them. */
export function controlWords({ controlsIn, controlsOut }: Agreement): string | null {
  const told = controlsIn + controlsOut;
  if (told === 0) return null;
  return controlsIn === 0
    ? `all ${formatCount(told)} controls were told apart`
    : `${formatCount(controlsIn)} of ${formatOf(told, 'control')} taken for ${controlsIn === 1 ? 'a member' : 'members'}`;
}
