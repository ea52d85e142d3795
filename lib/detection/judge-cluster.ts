/** A candidate that retention let through becomes a scored and explained cluster, or is turned down. */
import { type Content, extractionAxis, measureExtraction, quadrantOf } from './axes';
import type { EvidenceGraph } from './build-graph';
import { declarationOf, worksThroughBenchmark } from './declared';
import { collectShared, type DegreeTable, type Shared } from './evidence';
import type { Candidate } from './find-candidates';
import { detectionKind, isCircumstantial } from './kinds';
import { describeMembers } from './members';
import { readSignals, type SignalReader, type Spoken } from './read-signals';
import { type Counter, combineAll, correctedForSize, type Held, mean, wilsonLow } from './retention';
import type {
  Baseline,
  Behaviour,
  DetectionConfig,
  EvidenceRow,
  Findings,
  FoundCluster,
  Quadrant,
} from './schema';
import { contentPoints, structurePoints } from './score';
import { corroborated, sharesTasksOut } from './significance';
import { cameWithoutText } from './text-seen';

type Counts = NonNullable<Parameters<typeof combineAll>[2]>;

export type Context = {
  graph: EvidenceGraph;
  counter: Counter;
  content: Content;
  baseline: Baseline;
  degrees: DegreeTable;
  /** Entities whose share of extraction lies above the benign threshold. */
  aboveBenign: number;
  /** Tests made in this run (kinds and signals × candidates), for Bonferroni. */
  tests: number;
  retentionAlone: boolean;
  behaviour: Behaviour | undefined;
  signals: readonly SignalReader[];
  config: DetectionConfig;
};

/** A cluster, or a group that declares itself and asks for nothing unusual, or nothing. */
export function judgeCluster(
  candidate: Candidate,
  context: Context,
): { cluster: FoundCluster } | { declared: Findings['declared'][number] } | undefined {
  const { graph, config, content, baseline, behaviour } = context;
  const { proposed, held } = candidate;
  const supported: typeof corroborated = (...facts) => context.retentionAlone || corroborated(...facts);
  const n = proposed.length;
  const shared = collectShared(graph, proposed, context.degrees, candidate.rhythm, context.tests, config);
  const spoken = readSignals(context.signals, proposed, context.tests, config);
  const spokenKinds = spoken.map(({ signal }) => detectionKind(signal.kind));
  const significant = shared.filter((row) => row.significant).map(({ kind }) => kind);
  const isSharedOut = sharesTasksOut([...significant, ...spokenKinds]);
  const partition = (spoken.find(({ signal }) => signal.kind === 'task_partition')?.members ?? 0) / n;

  const extraction = measureExtraction(content, proposed, baseline);
  const templates = shared.filter(({ kind }) => kind.family === 'content').map(({ members }) => members / n);
  const coverage = Math.max(0, ...templates);
  // a task list shared out by somebody is collected for something, whatever the words of its tasks
  const inOneHand = isSharedOut || significant.some((kind) => kind.hard && !isCircumstantial(kind));
  const extractionHeight = Math.max(
    extractionAxis(extraction, coverage),
    inOneHand ? partition * (0.75 + 0.25 * coverage) : 0,
  );
  const extractionHigh = extractionHeight >= baseline.extractionHigh;
  if (candidate.counts ? !isSharedOut : !supported(significant, extractionHigh, spokenKinds))
    return undefined;
  const noText = cameWithoutText(graph, behaviour, content, proposed);
  const measured = extraction.active > 0 && baseline.accounts > 0 && !noText;
  // a few on one card who ask for nothing unusual are a household
  if (measured && !extractionHigh && n < config.minSize) return undefined;

  const declared = declarationOf(graph, behaviour, proposed, config);
  if (declared && (!extractionHigh || worksThroughBenchmark(graph, behaviour, proposed))) {
    return { declared: { ...declared, extraction: extractionHeight } };
  }

  const counting = candidate.counts ?? (() => true);
  const retentionOver = (counts: Counts = () => true): number => {
    const r = combineAll(held, config, (kind, index) => counting(kind) && counts(kind, index));
    return correctedForSize(mean(r), n, graph.units);
  };
  const retention = retentionOver();
  const retentionLow = wilsonLow(retention, n, config.wilsonZ);
  const coordination = Math.max(
    0,
    retentionOver((kind) => kind.axis === 'coordination'),
    isSharedOut ? partition : 0,
  );
  const evidence = scoreEvidence(shared, spoken, held, retentionOver, context, {
    n,
    extraction: measured ? extraction : undefined,
    noText,
  });
  return {
    cluster: {
      members: describeMembers(graph, candidate, context.counter, config),
      score: evidence.reduce((sum, row) => sum + row.points, 0),
      retention,
      retentionLow,
      coordination,
      extraction: extractionHeight,
      extractionMeasured: measured,
      quadrant: declared
        ? asDeclared(quadrantOf(coordination, extractionHeight, baseline))
        : quadrantOf(coordination, extractionHeight, baseline),
      evidence,
      ...(context.retentionAlone ? { acceptedOn: 'retention_alone' as const } : {}),
      ...(declared ? { declared: declared.by } : {}),
    },
  };
}

/** One customer who says who it is coordinates nothing in secret: it is asked, not banned as a ring. */
const asDeclared = (quadrant: Quadrant): Quadrant =>
  quadrant === 'distillation' ? 'lone_extraction' : quadrant;

/**
 * Rows whose points add up to the score, most first. What the score would be without a kind is computed anew: its
 * links leave retention, and with less structure content may take less.
 */
function scoreEvidence(
  shared: Shared[],
  spoken: readonly Spoken[],
  held: Held,
  retentionOver: (counts?: Counts) => number,
  { graph, config, baseline, aboveBenign }: Context,
  {
    n,
    extraction,
    noText,
  }: { n: number; extraction: ReturnType<typeof measureExtraction> | undefined; noText: boolean },
): EvidenceRow[] {
  const retention = retentionOver();
  const structureFrom = (r: number): number => structurePoints(wilsonLow(r, n, config.wilsonZ));
  const contentOver = (points: number): number =>
    extraction ? contentPoints(extraction.share, extraction.exchanges, baseline.extractionShare, points) : 0;
  const structure = structureFrom(retention);
  const signals = spoken.reduce((sum, { points }) => sum + points, 0);
  const evidence = pointsOfKinds(shared, held, structure).map(({ row, points }): EvidenceRow => {
    const { kind, index, significant: _, rarity: __, ...figures } = row;
    const retentionWithout = retentionOver((_kind, k) => k !== index);
    const without = structureFrom(retentionWithout);
    const scoreWithout = without + contentOver(without) + signals;
    return { kind: kind.kind, ...figures, points, scoreWithout, retentionWithout };
  });
  const content = contentOver(structure);
  for (const { signal, members, population, expected, points, measured, detail } of spoken) {
    evidence.push({
      kind: signal.kind,
      values: [],
      valueCount: 0,
      members,
      population,
      expected,
      points,
      scoreWithout: structure + content + signals - points,
      retentionWithout: retention,
      detail: { measured, ...detail },
    });
  }
  if (noText) {
    evidence.push({
      kind: 'content',
      values: [],
      valueCount: 0,
      members: 0,
      population: aboveBenign,
      expected: 0,
      points: 0,
      scoreWithout: structure + signals,
      retentionWithout: retention,
      detail: { noText: 1 },
    });
  }
  if (extraction) {
    evidence.push({
      kind: 'content',
      values: [],
      valueCount: 0,
      members: extraction.above,
      population: aboveBenign,
      expected: (n * aboveBenign) / graph.units,
      points: content,
      scoreWithout: structure + signals,
      retentionWithout: retention,
      detail: {
        share: extraction.share,
        benignShare: baseline.extractionShare,
        active: extraction.active,
      },
    });
  }
  return evidence.sort((a, b) => b.points - a.points || (a.kind < b.kind ? -1 : 1));
}

/**
 * Deals the points of structure out to the kinds after their part in retention, Σ_i λ_k·r_ik, times how
 * rare the shared values are. Kinds that carry nothing and are no more than chance are left out; context stays with 0 points.
 */
function pointsOfKinds(shared: Shared[], held: Held, structure: number): { row: Shared; points: number }[] {
  const width = held.kinds.length;
  const parts = shared.map((row) => {
    let part = 0;
    for (let i = 0; i < held.rows; i++) {
      part += held.weight[i * width + row.index]! * held.retention[i * width + row.index]!;
    }
    return { row, part: part * row.rarity };
  });
  const total = parts.reduce((sum, { part }) => sum + part, 0);
  return parts
    .filter(({ row, part }) => part > 0 || row.significant)
    .map(({ row, part }) => ({ row, points: total === 0 ? 0 : structure * (part / total) }));
}
