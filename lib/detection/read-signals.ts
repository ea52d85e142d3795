/** Asks every group signal, and says which of them speak. */
import { signalPoints } from './score';
import { GROUP_SIGNALS } from './signals/group-signals';
import type { GroupSignal, Reading, SignalWorld } from './signals/signal';
import { logPoissonTail } from './significance';

export type SignalReader = { signal: GroupSignal; read: (units: Int32Array) => Reading };

/** A signal that speaks of a group: more than chance, and true of enough of it. */
export type Spoken = Reading & { signal: GroupSignal; points: number };

/** Members under which a signal says nothing of a group. */
const LEAST_MEASURED = 4;

/** Looks at everybody once for each signal. @throws Error that names the signal which failed. */
export function prepareSignals(
  world: SignalWorld,
  signals: readonly GroupSignal[] = Object.values(GROUP_SIGNALS),
): SignalReader[] {
  return signals.flatMap((signal) => {
    const read = named(signal, () => signal.prepare(world));
    return read ? [{ signal, read: (units: Int32Array) => named(signal, () => read(units)) }] : [];
  });
}

/** Those that speak of the units. @param tests made in this run, for Bonferroni. */
export function readSignals(
  readers: readonly SignalReader[],
  units: Int32Array,
  tests: number,
  { alpha, kindCoverage }: SignalWorld['config'],
): Spoken[] {
  return readers.flatMap(({ signal, read }) => {
    const reading = read(units);
    const { measured, members, expected } = reading;
    const enough = members >= 2 && measured >= LEAST_MEASURED && members >= kindCoverage * units.length;
    if (!enough || logPoissonTail(members, expected) >= Math.log(alpha / tests)) return [];
    return [{ ...reading, signal, points: signalPoints(members, measured, expected, signal.most) }];
  });
}

function named<T>({ kind }: GroupSignal, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The signal ${kind} failed: ${why}`, { cause: error });
  }
}
