/**
 * Hypothesis: many accounts work through one task list: most of what they send is worded by a few templates of the
 * group's own (high coverage), nobody gets a task that another had (low overlap), everybody gets as much (equal
 * shares), and nobody follows up.
 * Formula: a member shows it when at least half of its exchanges are worded by the group's own templates, its rate
 * of them a day lies within a factor of two of the members' median, at most a quarter of its sampled tasks were
 * sent by others too, and its sampled sessions hold 1.5 exchanges at most. What is not sent is not asked for.
 * Expected: as many as benign accounts give half of their exchanges to templates that a cluster's worth hold.
 * Known false positives: users of a product that words their requests for them (shares are unequal there). Graders
 * who work through one benchmark overlap instead.
 * Source: what self-instruct and evolved-instruction corpora show at the level of the group; the formula is ours.
 */

import { ownValues } from '../hold';
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, againstBenign, type GroupSignal, type SignalWorld, UNKNOWN } from './signal';

const COVERAGE = 0.5;
const MOST_OVERLAP = 0.25;
const MOST_TURNS = 1.5;
const FACTOR = 2;
/** Exchanges, and sampled tasks or sessions, under which nothing is said of an account by them. */
const LEAST_EXCHANGES = 5;
const LEAST_SAMPLES = 4;
const DAY_MS = 86_400_000;

export const taskPartition: GroupSignal = {
  ...GROUP_KINDS.task_partition,
  most: 6,
  prepare(world) {
    const { graph, config } = world;
    if (!graph.kinds.some(({ kind }) => kind === 'template')) return undefined;
    const shows = Uint8Array.from({ length: graph.units }, (_, unit) => {
      const exchanges = exchangesOf(world, unit);
      if (exchanges < LEAST_EXCHANGES) return UNKNOWN;
      const common = worded(world, unit, (value) => graph.df[value]! >= config.minSize);
      return common >= COVERAGE * exchanges ? 1 : 0;
    });
    const widely = againstBenign(shows, world.benign);
    return (units) => {
      const own = ownValues(graph, units, config);
      const rates: number[] = [];
      for (const unit of units) {
        const exchanges = exchangesOf(world, unit);
        const listed = worded(world, unit, (value) => own.has(value));
        if (exchanges < LEAST_EXCHANGES || listed < COVERAGE * exchanges) continue;
        if (overlapOf(world, [unit]) > MOST_OVERLAP || followsUp(world, unit)) continue;
        rates.push(listed / daysOf(world, unit));
      }
      const middle = rates.sort((a, b) => a - b)[rates.length >> 1] ?? 0;
      const members = rates.filter((rate) => rate <= middle * FACTOR && rate * FACTOR >= middle).length;
      const usual = widely(units);
      return {
        ...usual,
        members,
        population: Math.max(members, usual.population),
        detail: { ...usual.detail, overlap: overlapOf(world, units) || 0, templates: own.size },
      };
    };
  },
};

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

function daysOf({ graph, snapshot }: SignalWorld, unit: number): number {
  const { firstSeen, lastSeen } = snapshot.activity;
  let days = 0;
  for (const account of accountsOf(graph, unit)) {
    const span = (lastSeen[account]! - firstSeen[account]!) / DAY_MS;
    if (span > days) days = span;
  }
  return Math.max(1, days);
}
