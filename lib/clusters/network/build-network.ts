/** From a cluster's members and values to the graph that a screen draws: grouped, placed, labelled. Pure. */
import type { NetworkEdge, NetworkGraph, NetworkNode } from '../schema';
import type { ChosenValue } from './choose-values';
import {
  type GroupedNetwork,
  groupNetwork,
  type NetworkInput,
  type NetworkLimits,
  type Part,
} from './group-network';
import { DOT_PITCH, heapRadius, layOutNetwork, NETWORK_BOX, type Places, sunflower } from './lay-out-network';
import { labelText, placeLabels } from './place-labels';
import { separate } from './separate-circles';

/** By value, group or heap. */
export type KeptPlaces = ReadonlyMap<string, { x: number; y: number }>;

interface BuiltNetwork {
  graph: NetworkGraph;
  /** To be kept for the next time. */
  anchors: KeptPlaces;
}

const ACCOUNT_RADIUS = 3;
const VALUE_RADIUS = 7;

/** Large enough for the number inside at 10 px. */
function groupRadius(accounts: number): number {
  return 6 + 3 * Math.max(1, String(accounts).length) + Math.min(4, Math.log10(accounts + 1));
}

/**
 * @param totals how many values of each kind the cluster has, drawn or not
 * @param options.expand a group to draw account by account
 * @param options.kept places of an earlier picture, which it keeps to
 */
export function buildNetwork(
  input: NetworkInput,
  totals: ReadonlyMap<string, number>,
  options: { expand?: string; limits?: NetworkLimits; kept?: KeptPlaces } = {},
): BuiltNetwork {
  const grouped = groupNetwork(input, options);
  const { nodes, anchors } = placeNodes(grouped, options.kept);
  const edges = edgesOf(grouped);
  const singles = nodes.filter((node) => node.type === 'account').length;
  const graph: NetworkGraph = {
    nodes: withLabels(nodes),
    edges,
    members: input.members.length,
    shown: singles,
    folded: input.members.length - singles,
    groups: nodes.filter((node) => node.type === 'group').length,
    kinds: [...new Set([...totals.keys(), ...grouped.values.map((value) => value.kind)])].map((kind) => {
      const drawn = grouped.values.filter((value) => value.drawn && value.kind === kind).length;
      return { kind, drawn, total: Math.max(totals.get(kind) ?? 0, drawn) };
    }),
    expanded: grouped.expanded?.whole.id ?? null,
  };
  return { graph, anchors };
}

const valueNodeId = (value: ChosenValue): string => `v:${value.id}`;

function edgesOf({ values, parts, expanded }: GroupedNetwork): NetworkEdge[] {
  return [...parts, ...(expanded?.parts ?? [])].flatMap((part) =>
    part.edges.map((edge) => {
      const target = valueNodeId(values[edge.value]!);
      return { id: `${part.id} ${target}`, source: part.id, target, accounts: edge.accounts };
    }),
  );
}

function partRadius(part: Part): number {
  return part.folded ? groupRadius(part.members.length) : ACCOUNT_RADIUS;
}

/** The base is laid out with the expanded group still folded, so that expanding moves the rest hardly at all. */
function placeNodes(
  grouped: GroupedNetwork,
  kept?: KeptPlaces,
): { nodes: NetworkNode[]; anchors: KeptPlaces } {
  const { values, parts, expanded } = grouped;
  const drawn = values.filter((value) => value.drawn);
  const base = expanded ? [...parts, expanded.whole] : parts;
  const { places, anchors } = layOutNetwork(
    [
      ...drawn.map((value) => ({ id: valueNodeId(value), radius: VALUE_RADIUS })),
      ...base.map((part) => ({ id: part.id, radius: partRadius(part) })),
    ],
    base.flatMap((part) =>
      part.edges.map((edge) => ({
        source: part.id,
        target: valueNodeId(values[edge.value]!),
        weight: edge.accounts / part.members.length,
      })),
    ),
    { kept },
  );
  const nodes: NetworkNode[] = [
    ...drawn.map((value): NetworkNode => {
      const { kind, members, expected } = value;
      // The evidence counts an organization once, this picture every account of it.
      const population = Math.max(value.population, members);
      const id = valueNodeId(value);
      const place = places.get(id)!;
      return {
        type: 'value',
        id,
        ...place,
        radius: VALUE_RADIUS,
        kind,
        value: value.value,
        members,
        population,
        expected,
        label: null,
      };
    }),
    ...parts.map((part) => partNode(part, places)),
  ];
  return { nodes: expanded ? [...nodes, ...placeHeap(expanded, nodes, places)] : nodes, anchors };
}

/** Puts the expanded accounts where their group was and moves what stands in the way as little as needed. */
function placeHeap(
  { whole, parts }: { whole: Part; parts: Part[] },
  nodes: readonly NetworkNode[],
  places: Places,
): NetworkNode[] {
  const singles = parts.filter((part) => !part.folded);
  const rest = parts.find((part) => part.folded);
  const heap = { ...places.get(whole.id)!, radius: heapRadius(singles.length) };
  const restPlace = rest && {
    x: heap.x + heap.radius + partRadius(rest) + 4,
    y: heap.y,
    radius: partRadius(rest),
  };
  separate([heap, ...(restPlace ? [restPlace] : []), ...nodes], 1, NETWORK_BOX.width / NETWORK_BOX.height);
  singles.forEach((part, k) => {
    const dot = sunflower(k, DOT_PITCH);
    places.set(part.id, { x: heap.x + dot.x, y: heap.y + dot.y });
  });
  if (rest && restPlace) places.set(rest.id, { x: restPlace.x, y: restPlace.y });
  return parts.map((part) => partNode(part, places));
}

function partNode(part: Part, places: Places): NetworkNode {
  const first = part.members[0]!;
  const base = { id: part.id, ...places.get(part.id)!, radius: partRadius(part) };
  if (!part.folded) {
    const { accountId, name, role, strength } = first;
    return { type: 'account', ...base, accountId, name, role, strength };
  }
  return {
    type: 'group',
    ...base,
    accounts: part.members.length,
    core: part.members.filter((member) => member.role === 'core').length,
    weak: part.members.filter((member) => member.role === 'weak').length,
    expandable: part.expandable,
    unlinked: part.edges.length === 0,
  };
}

function withLabels(nodes: NetworkNode[]): NetworkNode[] {
  const sides = placeLabels(
    nodes.map((node) => ({
      ...node,
      text: node.type === 'value' ? node.value : null,
      strength: node.type === 'value' ? telling(node) : 0,
    })),
  );
  return nodes.map((node) => {
    const place = { x: Math.round(node.x * 10) / 10, y: Math.round(node.y * 10) / 10 };
    const side = sides.get(node.id);
    if (node.type !== 'value' || !side) return { ...node, ...place };
    return { ...node, ...place, label: { side, text: labelText(node.value) } };
  });
}

/** Many members and few expected: what should be read first. */
function telling({ members, expected }: { members: number; expected: number }): number {
  return members * Math.log1p(members / Math.max(expected, 0.01));
}
