/**
 * Groups that say openly that they belong together: a reseller's customers under its organization, an agency on its
 * own mail domain. What they share is what they declared, no evidence of hiding; only what they ask for can be.
 * A benchmark that all graders of a declared organization work through is told from a harvest by overlap: nobody who
 * harvests pays for one task twice. What cannot be told apart by content: a declared laboratory that evaluates on
 * tasks of its own, each once, and one that trains on the answers. It stays in view as one customer to be asked.
 */
import type { EvidenceGraph } from './build-graph';
import type { Behaviour, DetectionConfig } from './schema';
import { accountsOf } from './signals/signal';
import { overlapOf } from './signals/task-partition';

/** So many of the members must declare the same, and of those who declare it so many must be members. */
const NEARLY_ALL = 0.95;
/** In a small group so many, when those who do not are too few to be a cluster by themselves. */
const MOST = 2 / 3;
/** A mail domain costs ten dollars: it speaks for small groups only, and for those who pay. */
const MOST_ON_A_DOMAIN = 50;
const PAYING = 0.5;
/** From this share of repeated tasks on, a group works through one benchmark. */
const BENCHMARK = 0.5;

/** What the members of a group declare, and the accounts that do; null when they declare nothing. */
export function declarationOf(
  graph: EvidenceGraph,
  behaviour: Behaviour | undefined,
  units: Int32Array,
  { minSize }: DetectionConfig,
): { by: 'organization' | 'domain'; accounts: number[] } | null {
  if (!behaviour) return null;
  const accounts = Array.from(units, (unit) => [...accountsOf(graph, unit)]).flat();
  const { organization, emailDomain, paying } = behaviour;
  const enough = (count: number): boolean =>
    count >= NEARLY_ALL * accounts.length ||
    (count >= MOST * accounts.length && accounts.length - count < minSize);
  const name = commonest(organization, accounts);
  if (enough(name.count)) return { by: 'organization', accounts: holdersOf(organization, name, accounts) };
  const domain = commonest(emailDomain, accounts);
  if (!enough(domain.count) || accounts.length > MOST_ON_A_DOMAIN) return null;
  const members = holdersOf(emailDomain, domain, accounts);
  const anywhere = emailDomain.reduce((n, each) => n + (each === domain.value ? 1 : 0), 0);
  const pays = members.reduce((n, account) => n + paying[account]!, 0);
  const isTheirs = members.length >= NEARLY_ALL * anywhere && pays >= PAYING * members.length;
  return isTheirs ? { by: 'domain', accounts: members } : null;
}

/** Whether a group repeats its tasks so much that it evaluates rather than collects. */
export function worksThroughBenchmark(
  graph: EvidenceGraph,
  behaviour: Behaviour | undefined,
  units: Int32Array,
): boolean {
  return behaviour !== undefined && overlapOf({ graph, behaviour }, units) >= BENCHMARK;
}

function commonest(values: Int32Array, accounts: readonly number[]): { value: number; count: number } {
  const counts = new Map<number, number>();
  let best = { value: -1, count: 0 };
  for (const account of accounts) {
    const value = values[account]!;
    if (value < 0) continue;
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > best.count) best = { value, count };
  }
  return best;
}

const holdersOf = (values: Int32Array, { value }: { value: number }, accounts: readonly number[]): number[] =>
  accounts.filter((account) => values[account] === value);
