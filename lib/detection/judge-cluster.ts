/** A candidate that retention let through becomes a scored and explained cluster, or is turned down. */
import { type Content, extractionAxis, measureExtraction, quadrantOf } from './axes';
import type { EvidenceGraph } from './build-graph';
import { collectShared, type DegreeTable, type Shared } from './evidence';
import type { Candidate } from './find-candidates';
import { describeMembers } from './members';
import { type Counter, combineAll, correctedForSize, type Held, mean, wilsonLow } from './retention';
import type { DetectionConfig, EvidenceRow, Findings, FoundCluster } from './schema';
import { contentPoints, structurePoints } from './score';
import { corroborated } from './significance';

export type Context = {
  graph: EvidenceGraph;
  counter: Counter;
  content: Content;
  baseline: Findings['baseline'];
  degrees: DegreeTable;
  /** Entities whose share of extraction lies above the benign threshold. */
  aboveBenign: number;
  /** Tests made in this run (kinds × candidates), for Bonferroni. */
  tests: number;
  retentionAlone: boolean;
  config: DetectionConfig;
};

export function judgeCluster(candidate: Candidate, context: Context): FoundCluster | undefined {
  const { graph, config, content, baseline } = context;
  const { proposed, held } = candidate;
  const n = proposed.length;
  const shared = collectShared(graph, proposed, context.degrees, candidate.rhythm, context.tests, config);
  const extraction = measureExtraction(content, proposed, baseline);
  const templates = shared.filter(({ kind }) => kind.family === 'content').map(({ members }) => members / n);
  const extractionHeight = extractionAxis(extraction, Math.max(0, ...templates));
  const significant = shared.filter((row) => row.significant).map(({ kind }) => kind);
  const extractionHigh = extractionHeight >= config.extractionHigh;
  if (!context.retentionAlone && !corroborated(significant, extractionHigh)) return undefined;

  const retentionOver = (counts?: Parameters<typeof combineAll>[2]): number =>
    correctedForSize(mean(combineAll(held, config, counts)), n, graph.units);
  const lowOver = (r: number): number => wilsonLow(r, n, config.wilsonZ);
  const retention = retentionOver();
  const retentionLow = lowOver(retention);
  const structure = structurePoints(retentionLow);
  const measured = extraction.active > 0 && baseline.accounts > 0;
  const contentOver = (points: number): number =>
    measured ? contentPoints(extraction.share, extraction.exchanges, baseline.extractionShare, points) : 0;

  const evidence = pointsOfKinds(shared, held, structure).map(({ row, points }): EvidenceRow => {
    const { kind, index, significant: _, rarity: __, ...figures } = row;
    const without = structurePoints(lowOver(retentionOver((_kind, k) => k !== index)));
    return { kind: kind.kind, ...figures, points, scoreWithout: without + contentOver(without) };
  });
  if (measured) {
    evidence.push({
      kind: 'content',
      values: [],
      valueCount: 0,
      members: extraction.above,
      population: context.aboveBenign,
      expected: (n * context.aboveBenign) / graph.units,
      points: contentOver(structure),
      scoreWithout: structure,
      detail: { share: extraction.share, benignShare: baseline.extractionShare, active: extraction.active },
    });
  }
  evidence.sort((a, b) => b.points - a.points || (a.kind < b.kind ? -1 : 1));

  const coordination = Math.max(
    0,
    retentionOver((kind) => kind.axis === 'coordination'),
  );
  return {
    members: describeMembers(graph, candidate.units, context.counter, candidate.addRhythm, config),
    score: evidence.reduce((sum, row) => sum + row.points, 0),
    retention,
    retentionLow,
    coordination,
    extraction: extractionHeight,
    extractionMeasured: measured,
    quadrant: quadrantOf(coordination, extractionHeight, config),
    evidence,
    ...(context.retentionAlone ? { acceptedOn: 'retention_alone' as const } : {}),
  };
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
