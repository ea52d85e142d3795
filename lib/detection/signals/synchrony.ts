/**
 * Hypothesis: one scheduler drives accounts that act in the same quarters of an hour more often than their days and
 * office hours explain.
 * Formula: rhythm.ts, on 15-minute bins; bins in which everybody is busier than around them (the top of the hour)
 * are dropped first. It enters retention as a weak kind.
 * Known false positives: cron jobs of strangers at other round times.
 * Source: Beutel et al. 2013, "CopyCatch"; Chavoshi et al. 2016, "DeBot".
 */
import type { ValueSignal } from './signal';

export const synchrony: ValueSignal = {
  kind: 'time_bins',
  label: 'Shared rhythm',
  lambda: 0.3,
  axis: 'coordination',
  family: 'time',
};
