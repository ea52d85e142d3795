import { type BenignGroup, benignBaseline, type Content, contentOfUnits, measureExtraction } from './axes';
import { buildGraph, type EvidenceGraph } from './build-graph';
import { countDegrees } from './evidence';
import { type Candidate, findCandidates } from './find-candidates';
import { joinWordings } from './join-wordings';
import { type Context, judgeCluster } from './judge-cluster';
import { RHYTHM_KIND } from './kinds';
import { prepareSignals } from './read-signals';
import { createCounter } from './retention';
import {
  type DetectionConfig,
  detectionConfigSchema,
  type Findings,
  type FoundCluster,
  type Snapshot,
} from './schema';
import { suppressCrowds, suppressPopular } from './suppress';
import { pairWeakKinds } from './weak-pairs';

/**
 * One detection run: the clusters of accounts that act together, best first. Pure: the same snapshot (in any
 * order) and config give the same findings. @throws RangeError when a link points outside the snapshot.
 * @throws ZodError when a setting is out of range.
 */
export function detect(given: Snapshot, settings: DetectionConfig): Findings {
  const config = detectionConfigSchema.parse(settings);
  const snapshot = joinWordings(given);
  const graph = buildGraph(snapshot, config);
  const counter = createCounter(graph);
  const suppressed = suppressPopular(graph, counter, config);
  graph.weakPairs = pairWeakKinds(graph, config);
  const found = findCandidates(graph, snapshot.bins, counter, config);
  const { candidates } = found;

  const content = contentOfUnits(graph, snapshot);
  const inside = new Uint8Array(graph.units);
  const isWorded = ({ counts }: Candidate): boolean => counts !== undefined;
  markSuspected(inside, graph, snapshot);
  mark(
    inside,
    candidates.filter((candidate) => !isWorded(candidate)),
  );
  const { behaviour } = snapshot;
  const lookFrom = (tested: number): Context => {
    const baseline = benignBaseline(
      content,
      (unit) => inside[unit] === 0,
      benignGroups(found, inside, config),
      config,
    );
    const benign = inside.map((each) => 1 - each);
    const signals = behaviour ? prepareSignals({ graph, snapshot, behaviour, config, benign }) : [];
    return {
      graph,
      counter,
      content,
      baseline,
      aboveBenign: measureExtraction(content, Int32Array.from(inside.keys()), baseline).above,
      degrees: countDegrees(graph),
      tests: Math.max(1, tested * (graph.kinds.length + signals.length)),
      retentionAlone: nothingToCorroborate(graph, content),
      behaviour,
      signals,
      config,
    };
  };
  let context = lookFrom(candidates.length);
  // strangers who share words are benign traffic too: only what passes is taken out of it
  const worded = candidates.filter((candidate) => isWorded(candidate) && judgeCluster(candidate, context));
  if (worded.length > 0) {
    mark(inside, worded);
    context = lookFrom(candidates.length);
  }
  const judged = [...candidates.filter((candidate) => !isWorded(candidate)), ...worded].map((candidate) =>
    judgeCluster(candidate, context),
  );
  const { baseline } = context;
  const clusters = judged.flatMap((found) => (found && 'cluster' in found ? [found.cluster] : []));
  return {
    clusters: inOrder(clusters, snapshot),
    suppressed: [...suppressed, ...suppressCrowds(found.crowdedBins)],
    declared: judged.flatMap((found) => (found && 'declared' in found ? [found.declared] : [])),
    population: { accounts: snapshot.accountIds.length, entities: graph.units },
    baseline,
  };
}

function mark(inside: Uint8Array, candidates: readonly Candidate[]): void {
  for (const { units } of candidates) for (const unit of units) inside[unit] = 1;
}

/** What is left of the communities without those who are inside anything, as the axes would see it. */
function benignGroups(
  { communities, coordinationOf }: ReturnType<typeof findCandidates>,
  inside: Uint8Array,
  { minSize }: DetectionConfig,
): BenignGroup[] {
  return communities.flatMap((community) => {
    const units = community.filter((unit) => inside[unit] === 0);
    return units.length < minSize ? [] : [{ units, coordination: coordinationOf(units) }];
  });
}

/** Accounts of clusters that people have before them are no benign traffic either. */
function markSuspected(inside: Uint8Array, graph: EvidenceGraph, { suspected }: Snapshot): void {
  if (!suspected) return;
  for (let unit = 0; unit < graph.units; unit++) {
    for (let i = graph.unitOffsets[unit]!; i < graph.unitOffsets[unit + 1]!; i++) {
      if (suspected[graph.unitAccounts[i]!]) inside[unit] = 1;
    }
  }
}

/** True when one linking kind is all the data hold, so that asking for a second would reject everything. */
function nothingToCorroborate(graph: EvidenceGraph, content: Content): boolean {
  const width = graph.kinds.length;
  const present = graph.kinds.map(({ kind }) => kind === RHYTHM_KIND);
  for (const kind of graph.valueKind) present[kind] = true;
  graph.byUnit.alone.forEach((values, i) => {
    if (values > 0) present[i % width] = true;
  });
  const linking = graph.kinds.filter((kind, k) => present[k] && kind.lambda > 0);
  return (
    linking.length === 1 && (linking[0]!.family === 'identity' || content.exchanges.every((n) => n === 0))
  );
}

/** By score; equal scores by retention, then by the strongest member's id. */
function inOrder(clusters: FoundCluster[], { accountIds }: Snapshot): FoundCluster[] {
  const leader = (cluster: FoundCluster): string => accountIds[cluster.members[0]!.account]!;
  return clusters.sort(
    (a, b) =>
      b.score - a.score ||
      b.retentionLow - a.retentionLow ||
      (leader(a) < leader(b) ? -1 : leader(a) > leader(b) ? 1 : 0),
  );
}
