/**
 * Hypothesis: many accounts work through one task list: most of what they send is worded by a few templates of the
 * group's own (high coverage), nobody gets a task that another had (low overlap), everybody gets as much (equal
 * shares), and nobody follows up.
 * Formula: a member shows it when the group's own templates word a high share of its exchanges, its rate of them a
 * day of activity lies within a factor of two of the members' median, and its sampled sessions hold 1.5 exchanges at
 * most; of its sampled tasks at most a quarter, of those of all together at most a tenth, were sent by others too. What
 * is not sent is not asked for. High is what 5 % of the benign accounts outside the group give to templates that a
 * cluster's worth hold, at least a quarter. Expected: as many as those.
 * Known false positives: users of a product that words their requests for them (shares are unequal there). Graders
 * who work through one benchmark overlap instead.
 * Source: what self-instruct and evolved-instruction corpora show at the level of the group; the formula is ours.
 */

import { ownValues } from '../hold';
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, type GroupSignal, PRIOR_SHARE, PRIOR_UNITS, type SignalWorld } from './signal';

/** So many of the benign accounts may lie above a high share of exchanges, which is never under LEAST_COVERAGE. */
const BENIGN_ABOVE = 0.05;
const LEAST_COVERAGE = 0.25;
const MOST_OVERLAP = 0.25;
const MOST_OVERLAP_OF_ALL = 0.1;
const MOST_TURNS = 1.5;
const FACTOR = 2;
/** Exchanges, and sampled tasks or sessions, under which nothing is said of an account by them. */
const LEAST_EXCHANGES = 5;
const LEAST_SAMPLES = 4;
const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

export const taskPartition: GroupSignal = {
  ...GROUP_KINDS.task_partition,
  most: 6,
  prepare(world) {
    const { graph, config } = world;
    if (!graph.kinds.some(({ kind }) => kind === 'template')) return undefined;
    const coverage = Float64Array.from({ length: graph.units }, (_, unit) => {
      const exchanges = exchangesOf(world, unit);
      if (exchanges < LEAST_EXCHANGES) return Number.NaN;
      return worded(world, unit, (value) => graph.df[value]! >= config.minSize) / exchanges;
    });
    const measured = Array.from(coverage.keys()).filter((unit) => !Number.isNaN(coverage[unit]!));
    const benign = measured
      .filter((unit) => world.benign[unit] === 1)
      .sort((a, b) => coverage[b]! - coverage[a]!);
    return (units) => {
      const { high, usual } = highCoverage(coverage, benign, units);
      const own = ownValues(graph, units, config);
      const overlap = overlapOf(world, units) || 0;
      const rates: number[] = [];
      let compared = 0;
      for (const unit of units) {
        if (Number.isNaN(coverage[unit]!)) continue;
        compared++;
        const listed = worded(world, unit, (value) => own.has(value));
        if (listed < high * exchangesOf(world, unit)) continue;
        if (overlapOf(world, [unit]) > MOST_OVERLAP || followsUp(world, unit)) continue;
        rates.push(listed / daysOf(world, unit));
      }
      const middle = rates.sort((a, b) => a - b)[rates.length >> 1] ?? 0;
      const isPartition = overlap <= MOST_OVERLAP_OF_ALL;
      const members = !isPartition
        ? 0
        : rates.filter((rate) => rate <= middle * FACTOR && rate * FACTOR >= middle).length;
      return {
        measured: compared,
        members,
        expected: compared * usual,
        population: Math.max(members, measured.filter((unit) => coverage[unit]! >= high).length),
        detail: { usual, coverage: high, overlap, templates: own.size },
      };
    };
  },
};

/**
 * The share of exchanges under common templates that BENIGN_ABOVE of the benign accounts (highest first) outside the
 * group exceed, and the share of them that do; a group is no measure of itself.
 */
function highCoverage(
  coverage: Float64Array,
  benign: readonly number[],
  units: Int32Array,
): { high: number; usual: number } {
  const inside = new Set(units);
  const outside = benign.length - benign.reduce((own, unit) => own + (inside.has(unit) ? 1 : 0), 0);
  const room = (outside + PRIOR_UNITS) * BENIGN_ABOVE;
  let above = PRIOR_UNITS * PRIOR_SHARE;
  let high = LEAST_COVERAGE;
  for (const unit of benign) {
    if (inside.has(unit)) continue;
    if (coverage[unit]! < LEAST_COVERAGE) break;
    if (above + 1 > room) {
      high = Math.min(1, coverage[unit]! + Number.EPSILON);
      break;
    }
    above++;
  }
  return { high, usual: above / (outside + PRIOR_UNITS) };
}

function exchangesOf({ graph, snapshot }: SignalWorld, unit: number): number {
  return accountsOf(graph, unit).reduce((sum, account) => sum + snapshot.activity.exchanges[account]!, 0);
}

/** Exchanges of a unit that templates of this sort word. */
function worded({ graph }: SignalWorld, unit: number, counts: (value: number) => boolean): number {
  let sum = 0;
  for (let i = graph.byUnit.offsets[unit]!; i < graph.byUnit.offsets[unit + 1]!; i++) {
    const value = graph.byUnit.values[i]!;
    const isTemplate = graph.kinds[graph.valueKind[value]!]!.kind === 'template';
    if (isTemplate && counts(value)) sum += graph.byUnit.counts[i]!;
  }
  return sum;
}

/** Which share of the sampled tasks of these units other accounts sent too; NaN when the sample is too small. */
export function overlapOf(
  { graph, behaviour: { tasks } }: Pick<SignalWorld, 'graph' | 'behaviour'>,
  units: ArrayLike<number> & Iterable<number>,
): number {
  let sent = 0;
  let repeated = 0;
  for (const unit of units) {
    for (const account of accountsOf(graph, unit)) {
      sent += tasks?.sent[account] ?? 0;
      repeated += tasks?.repeated[account] ?? 0;
    }
  }
  return sent < LEAST_SAMPLES ? Number.NaN : repeated / sent;
}

function followsUp({ graph, behaviour }: SignalWorld, unit: number): boolean {
  if (!behaviour.sessions) return false;
  let sessions = 0;
  let exchanges = 0;
  for (const account of accountsOf(graph, unit)) {
    sessions += behaviour.sessions.sessions[account]!;
    exchanges += behaviour.sessions.exchanges[account]!;
  }
  return sessions >= LEAST_SAMPLES && exchanges > MOST_TURNS * sessions;
}

/** Days from its first to its last active quarter of an hour: an account that lay idle for a year before counts from its first work on. */
function daysOf({ graph, snapshot: { activity, bins } }: SignalWorld, unit: number): number {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const account of accountsOf(graph, unit)) {
    const from = bins ? bins.offsets[account]! : 0;
    const to = bins ? bins.offsets[account + 1]! : 0;
    const active = bins && to > from;
    first = Math.min(first, active ? bins.bins[from]! * QUARTER_MS : activity.firstSeen[account]!);
    last = Math.max(last, active ? (bins.bins[to - 1]! + 1) * QUARTER_MS : activity.lastSeen[account]!);
  }
  const days = (last - first) / DAY_MS;
  return days > 1 ? days : 1;
}
