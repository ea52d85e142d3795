/** Is "expected" what chance gives? Groups drawn at random from a snapshot, and what their members do share. */
import { buildGraph } from '../build-graph';
import { collectShared, countDegrees, expectedSharing } from '../evidence';
import { seededRandom, shuffle } from '../random';
import { createCounter } from '../retention';
import type { DetectionConfig, Snapshot } from '../schema';
import { logPoissonTail } from '../significance';
import { suppressPopular } from '../suppress';

/** Kinds of which a group is expected to show less are not told: the noise would be all. */
const LEAST_EXPECTED = 0.1;

/** Of one kind, over all groups of one size. */
export type Expectation = {
  kind: string;
  size: number;
  /** Members that share a value of the kind with another member: mean over the groups, and expected. */
  observed: number;
  expected: number;
  /** Share of the groups in which what was observed lies past α by the test that detection uses. */
  past: number;
};

/**
 * Draws groups of each size at random and compares.
 * @param alpha of one test, without the correction for many that a run makes.
 */
export function checkExpected(
  snapshot: Snapshot,
  config: DetectionConfig,
  { sizes, groups, alpha, seed }: { sizes: readonly number[]; groups: number; alpha: number; seed: number },
): Expectation[] {
  const graph = buildGraph(snapshot, config);
  suppressPopular(graph, createCounter(graph), config);
  const degrees = countDegrees(graph);
  const random = seededRandom(seed);
  const everybody = Int32Array.from({ length: graph.units }, (_, unit) => unit);
  return sizes.flatMap((size) => {
    // of a kind it depends on the size alone
    const expected = degrees.map((each) => expectedSharing(each, size, graph.units));
    const observed = new Float64Array(graph.kinds.length);
    const past = new Float64Array(graph.kinds.length);
    for (let group = 0; group < groups; group++) {
      shuffle(everybody, random);
      const units = everybody.slice(0, size).sort();
      for (const { index, members } of collectShared(graph, units, degrees, undefined, 1, config)) {
        observed[index]! += members / groups;
        if (logPoissonTail(members, expected[index]!) < Math.log(alpha)) past[index]! += 1 / groups;
      }
    }
    return graph.kinds.flatMap(({ kind, lambda }, index) =>
      lambda === 0 || expected[index]! < LEAST_EXPECTED
        ? []
        : [{ kind, size, observed: observed[index]!, expected: expected[index]!, past: past[index]! }],
    );
  });
}
