/** What each kind of evidence means to detection: the signals of the registry, and any other kind that comes in. */
import { CONTEXT } from './signals/context';
import { GROUP_KINDS } from './signals/group-kinds';
import { observation } from './signals/observation';
import type { SignalFamily, ValueSignal } from './signals/signal';
import { VALUE_SIGNALS } from './signals/value-signals';

export type DetectionKind = ValueSignal & {
  /** Hard kinds (λ ≥ .5) build the account–value graph; weak ones only add to retention and points. */
  hard: boolean;
  /** The value of such a kind is a value on one day: addresses change hands. */
  perDay: boolean;
  /** Counts above this say nothing more: a card is not tied closer by more requests paid with it. */
  countCap: number;
};

export const HARD_FROM = 0.5;
/** The kind under which shared bins of activity count. */
export const RHYTHM_KIND = 'time_bins';

const kindOf = (signal: ValueSignal): DetectionKind => ({
  ...signal,
  hard: signal.lambda >= HARD_FROM,
  perDay: signal.kind === 'ip',
  countCap: signal.family === 'content' ? 3 : 1,
});

const known = new Map<string, DetectionKind>(
  [
    ...Object.values(VALUE_SIGNALS),
    ...Object.values(GROUP_KINDS).map((row) => ({ ...row, lambda: 0 })),
    ...CONTEXT,
  ].map((signal) => [signal.kind, kindOf(signal)]),
);

/** What a kind means to detection. Kinds from partners and observations that nobody listed are hard, λ = .5. */
export function detectionKind(kind: string, lambdaOverrides: Record<string, number> = {}): DetectionKind {
  const base = known.get(kind) ?? {
    ...kindOf(observation(kind)),
    countCap: Number.POSITIVE_INFINITY,
  };
  const lambda = Object.hasOwn(lambdaOverrides, kind) ? lambdaOverrides[kind] : undefined;
  return lambda === undefined ? base : { ...base, lambda, hard: lambda >= HARD_FROM };
}

const circumstantial: readonly SignalFamily[] = ['network', 'client', 'content', 'time'];

/** Whether strangers come to share values of this kind honestly, so that it can only ever be the second fact. */
export function isCircumstantial(kind: DetectionKind): boolean {
  return circumstantial.includes(kind.family);
}
