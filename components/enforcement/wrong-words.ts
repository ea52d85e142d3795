/** The estimate of wrong bans in words and round figures: it is an estimate, and must not look like a count. Pure. */
import { formatCount, formatOf } from '@/components/ui/format';
import type { EnforcementAction, Impact } from '@/lib/enforcement/schema';
import type { WrongEstimate } from '@/lib/enforcement/weigh-schema';

/** "<1", "7", "120": two figures at most; "–" when nobody estimated it. */
export function wrongCount(wrong: Pick<WrongEstimate, 'expected'> | undefined): string {
  // An expectation is 0 only where nothing could be estimated.
  if (!wrong || wrong.expected === 0) return '–';
  if (wrong.expected < 1) return '<1';
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(wrong.expected)) - 1);
  return formatCount(Math.round(wrong.expected / digits) * digits);
}

/** What the estimate rests on, and what it leaves out. */
export function wrongSentence(impact: Impact, action: EnforcementAction): string {
  const { wrong, accounts } = impact;
  if (!wrong || accounts === 0) return 'Wrong hits were not estimated for this list.';
  const known = accounts - wrong.unknown;
  const unknown =
    wrong.unknown > 0
      ? ` ${formatOf(wrong.unknown, 'account')} ${wrong.unknown === 1 ? 'is' : 'are'} in no cluster: nothing is known to estimate them by, and they are not in the figure.`
      : '';
  if (known === 0) return unknown.trim();
  const reviewed =
    (wrong.reviewed ?? 0) > 0
      ? ` A second analyst’s verdicts on ${formatOf(wrong.reviewed ?? 0, 'sampled account')} of its clusters correct the figure.`
      : '';
  const what = action === 'ban' ? 'would be banned wrongly' : 'would be hit wrongly';
  const about =
    wrong.high < 1
      ? `Probably nobody ${what}`
      : `${wrong.expected < 1 ? 'Fewer than 1' : `About ${wrongCount(wrong)}`} of ${formatCount(known)} ${what}`;
  return `${about}: so many were innocent among accounts held as strongly, by as many kinds, in clusters of the same quadrant, in ${wrong.basis}.${reviewed} Your data may differ; accounts of one cluster stand or fall together, so the range is wide.${unknown}`;
}
