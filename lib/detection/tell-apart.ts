/**
 * Tells groups apart that only circumstance holds together. Hypothesis: one operation leaves traces of who it
 * is across all of it (a card here, a device there) or works with several things of its own at once; a shared
 * benchmark template, address or program between two groups of which each pays and signs up for itself says
 * that they do the same, not that they are the same. Known weakness: an operation run in sealed cells
 * with nothing but its wording in common comes out as its cells.
 */
import type { EvidenceGraph } from './build-graph';
import { ownValues } from './hold';
import { joinByOwn, joinByTies } from './join-groups';
import { isCircumstantial } from './kinds';
import { leiden } from './leiden';
import { linkGraph } from './link-graph';
import { splitDisconnected } from './partition';
import { type Counter, combineAll, measureRetention } from './retention';
import type { DetectionConfig } from './schema';

/**
 * The community `units` itself when identity runs through it, else its groups of `minSize` or more. A value
 * ties when it is of a hard identity kind. Two groups are one when ties cross between them (a tenth of what
 * they have, or as much as circumstance does), or when values of the community's own do as `joinByOwn` says.
 * Units that no tie holds go to the group that holds them best.
 */
export function tellApart(
  graph: EvidenceGraph,
  units: Int32Array,
  counter: Counter,
  config: DetectionConfig,
): Int32Array[] {
  if (
    units.length < 2 * config.minProposed ||
    !graph.kinds.some((kind) => kind.hard && isCircumstantial(kind))
  )
    return [units];
  const own = ownValues(graph, units, config);
  const ties = (value: number): boolean => {
    const kind = graph.kinds[graph.valueKind[value]!]!;
    return kind.hard && !isCircumstantial(kind);
  };
  const chance = (value: number): boolean => graph.kinds[graph.valueKind[value]!]!.hard && !ties(value);

  let groups = piecesOf(graph, units, config, ties).filter((piece) => piece.length > 1);
  groups = joinByTies(graph, groups, ties, chance);
  const tied = new Set(groups.flatMap((group) => [...group]));
  const loose = units.filter((unit) => !tied.has(unit));
  const standing = connectedBy(graph, loose, (value) => own.has(value)).filter(
    (piece) =>
      piece.length >= config.minSize && ownShare(graph, piece, counter, config) >= config.weakRetention,
  );
  groups = joinByOwn(graph, [...groups, ...standing], own, config);
  if (groups.length < 2) return [units];
  const placed = new Set(groups.flatMap((group) => [...group]));
  return placeRest(
    graph,
    groups.filter((group) => group.length >= config.minSize),
    units.filter((unit) => !placed.has(unit)),
    counter,
    config,
  );
}

function piecesOf(
  graph: EvidenceGraph,
  units: Int32Array,
  config: DetectionConfig,
  ties: (value: number) => boolean,
): Int32Array[] {
  const labels = leiden(linkGraph(graph, units, ties), {
    seed: config.seed,
    resolution: config.resolution,
    iterations: config.leidenIterations,
  });
  return grouped(units, labels);
}

/** Everybody that a chain of these values connects. */
function connectedBy(
  graph: EvidenceGraph,
  units: Int32Array,
  counts: (value: number) => boolean,
): Int32Array[] {
  const links = linkGraph(graph, units, counts);
  return grouped(units, splitDisconnected(links, new Int32Array(links.nodes)));
}

function grouped(units: Int32Array, labels: Int32Array): Int32Array[] {
  const groups = new Map<number, number[]>();
  units.forEach((unit, node) => {
    const group = groups.get(labels[node]!);
    if (group) group.push(unit);
    else groups.set(labels[node]!, [unit]);
  });
  return Array.from(groups.values(), (group) => Int32Array.from(group));
}

function ownShare(
  graph: EvidenceGraph,
  units: Int32Array,
  counter: Counter,
  config: DetectionConfig,
): number {
  const r = combineAll(measureRetention(graph, units, counter), config);
  return r.reduce((sum, x) => sum + x, 0) / units.length;
}

/** Gives each of `rest` to the group that holds it best, and leaves out whom none holds. */
function placeRest(
  graph: EvidenceGraph,
  groups: Int32Array[],
  rest: Int32Array,
  counter: Counter,
  config: DetectionConfig,
): Int32Array[] {
  const best = new Float64Array(rest.length);
  const place = new Int32Array(rest.length).fill(-1);
  groups.forEach((units, group) => {
    const held = measureRetention(graph, units, counter, graph.byUnit, rest);
    combineAll(held, config).forEach((r, i) => {
      if (r > best[i]!) {
        best[i] = r;
        place[i] = group;
      }
    });
  });
  return groups.map((units, group) =>
    Int32Array.from([...units, ...rest.filter((_, i) => place[i] === group)]).sort(),
  );
}
