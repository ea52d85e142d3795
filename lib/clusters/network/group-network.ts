/**
 * Folds a cluster into a graph small enough to draw. Accounts that are held by the same most telling values
 * become one group; the finest folding that keeps the limits wins, and room that is left goes to the smallest
 * groups, which are drawn account by account. Every member is in exactly one drawn node. Pure.
 */
import {
  type Chosen,
  type ChosenValue,
  chooseValues,
  type NetworkMember,
  type NetworkValue,
} from './choose-values';

export interface NetworkInput {
  values: readonly NetworkValue[];
  members: readonly NetworkMember[];
}

export interface NetworkLimits {
  values: number;
  /** Nodes and edges without what an expanded group adds. */
  nodes: number;
  edges: number;
  /** Folded groups, so that they stay distinct. */
  groups: number;
  /** Accounts drawn of an expanded group, and edges that they may add. */
  expandedNodes: number;
  expandedEdges: number;
}

/** Together about 300 nodes and 600 edges: what a canvas pans smoothly without a GPU. */
export const NETWORK_LIMITS: NetworkLimits = {
  values: 60,
  nodes: 220,
  edges: 440,
  groups: 40,
  expandedNodes: 80,
  expandedEdges: 160,
};

/** Larger groups than this stay folded, even when there is room: a heap of dots tells less than its number. */
const UNFOLD_UP_TO = 16;
const EDGES_PER_ACCOUNT = 3;
const EDGES_PER_GROUP = 5;
/** With fewer edges an account would hide what else it shares: then folding tells more. */
const FEWEST_EDGES = 6;
/** A value that fewer of a group's accounts hold is no trait of the group. */
const GROUP_SHARE = 0.1;

export interface Part {
  id: string;
  members: NetworkMember[];
  folded: boolean;
  /** False for the rest of an expanded group, and for accounts that no drawn value holds. */
  expandable: boolean;
  /** Values it is drawn with (indexes into values) and how many of its accounts hold each. */
  edges: { value: number; accounts: number }[];
}

export interface GroupedNetwork {
  /** Not drawn: those that no edge reaches. */
  values: (ChosenValue & { drawn: boolean })[];
  /** Folded groups and single accounts without the expanded group's accounts. */
  parts: Part[];
  /** The expanded group as it was, and the accounts that are drawn at its place. */
  expanded: { whole: Part; parts: Part[] } | null;
}

/** Groups a cluster's members by what they share. An unknown `expand` is as none. */
export function groupNetwork(
  input: NetworkInput,
  { expand, limits = NETWORK_LIMITS }: { expand?: string; limits?: NetworkLimits } = {},
): GroupedNetwork {
  const chosen = chooseValues(input.values, input.members, limits.values);
  const parts = withoutFolding(chosen, limits) ?? withFolding(chosen, limits);
  const drawn = new Set(parts.flatMap((part) => part.edges.map((edge) => edge.value)));
  const target = parts.find((part) => part.id === expand && part.folded && part.expandable);
  return {
    values: chosen.values.map((value, index) => ({ ...value, drawn: drawn.has(index) })),
    parts: parts.filter((part) => part !== target),
    expanded: target ? { whole: target, parts: expandPart(target, drawn, limits) } : null,
  };
}

function single(member: NetworkMember, edges: number): Part {
  return {
    id: `a:${member.accountId}`,
    members: [member],
    folded: false,
    expandable: false,
    edges: member.values.slice(0, edges).map((value) => ({ value, accounts: 1 })),
  };
}

/** All accounts one by one with as many edges as fit, or null when there is no room. */
function withoutFolding({ values, members }: Chosen, limits: NetworkLimits): Part[] | null {
  const linked = members.filter((member) => member.values.length > 0);
  const unlinked = members.filter((member) => member.values.length === 0);
  if (values.length + linked.length + Math.min(unlinked.length, 1) > limits.nodes) return null;
  for (const perAccount of [Number.POSITIVE_INFINITY, FEWEST_EDGES]) {
    const edges = linked.reduce((sum, member) => sum + Math.min(perAccount, member.values.length), 0);
    if (edges > limits.edges) continue;
    const parts = linked.map((member) => single(member, perAccount));
    return unlinked.length > 0 ? [...parts, group('', unlinked)] : parts;
  }
  return null;
}

/** The finest folding that fits; by the one most telling value when nothing finer does. */
function withFolding(chosen: Chosen, limits: NetworkLimits): Part[] {
  let parts: Part[] = [];
  for (const depth of [Number.POSITIVE_INFINITY, 3, 2, 1]) {
    const byKey = foldBy(chosen, depth, limits.nodes - chosen.values.length);
    if (!byKey) continue;
    const groups = [...byKey].map(([key, members]) => group(key, members));
    parts = unfoldSmallest(groups, chosen.values.length, limits);
    const edges = parts.reduce((sum, part) => sum + part.edges.length, 0);
    if (edges <= limits.edges && parts.filter((part) => part.folded).length <= limits.groups) return parts;
  }
  return trimEdges(parts, limits.edges);
}

/** Members by their `depth` most telling values, or null when that makes more than `most` groups. */
function foldBy(
  { values, members }: Chosen,
  depth: number,
  most: number,
): Map<string, NetworkMember[]> | null {
  const byKey = new Map<string, NetworkMember[]>();
  for (const member of members) {
    let key = '';
    for (let rank = 0; rank < member.values.length && rank < depth; rank++)
      key += rank === 0 ? values[member.values[rank]!]!.id : ` ${values[member.values[rank]!]!.id}`;
    const found = byKey.get(key);
    if (found) found.push(member);
    else if (byKey.size >= most) return null;
    else byKey.set(key, [member]);
  }
  return byKey;
}

function unfoldSmallest(groups: Part[], values: number, limits: NetworkLimits): Part[] {
  const order = [...groups].sort((a, b) => a.members.length - b.members.length || (a.id < b.id ? -1 : 1));
  let nodes = values + groups.length;
  let edges = groups.reduce((sum, part) => sum + part.edges.length, 0);
  const parts: Part[] = [];
  for (const part of order) {
    const singles = part.members.map((member) => single(member, EDGES_PER_ACCOUNT));
    const more = singles.reduce((sum, one) => sum + one.edges.length, 0) - part.edges.length;
    // Accounts that no drawn value holds would lie about without any tie: they stay together.
    const tied = part.edges.length > 0 || part.members.length === 1;
    const fits = nodes + singles.length - 1 <= limits.nodes && edges + more <= limits.edges;
    if (!tied || !fits || singles.length > UNFOLD_UP_TO) {
      parts.push(part);
      continue;
    }
    nodes += singles.length - 1;
    edges += more;
    parts.push(...singles);
  }
  return parts;
}

function group(key: string, members: NetworkMember[]): Part {
  const held = new Map<number, number>();
  for (const member of members)
    for (const value of member.values) held.set(value, (held.get(value) ?? 0) + 1);
  const edges = [...held]
    .map(([value, accounts]) => ({ value, accounts }))
    .filter((edge) => edge.accounts >= members.length * GROUP_SHARE)
    .sort((a, b) => b.accounts - a.accounts || a.value - b.value);
  return {
    id: `g:${hash(key)}`,
    members,
    folded: true,
    expandable: key !== '',
    edges: edges.slice(0, EDGES_PER_GROUP),
  };
}

/** Keeps each part's strongest edge and drops the weakest of the others. */
function trimEdges(parts: Part[], limit: number): Part[] {
  const spare = parts.flatMap((part) => part.edges.slice(1).map((edge) => ({ part, edge })));
  const over = parts.reduce((sum, part) => sum + part.edges.length, 0) - limit;
  if (over <= 0) return parts;
  spare.sort((a, b) => a.edge.accounts - b.edge.accounts || (a.part.id < b.part.id ? -1 : 1));
  const dropped = new Set(spare.slice(0, over).map(({ edge }) => edge));
  return parts.map((part) => ({ ...part, edges: part.edges.filter((edge) => !dropped.has(edge)) }));
}

function expandPart(part: Part, drawn: ReadonlySet<number>, limits: NetworkLimits): Part[] {
  const order = [...part.members].sort(
    (a, b) => b.strength - a.strength || (a.accountId < b.accountId ? -1 : 1),
  );
  const shown = order.slice(0, limits.expandedNodes);
  const perAccount = Math.max(
    1,
    Math.min(EDGES_PER_ACCOUNT, Math.floor(limits.expandedEdges / shown.length)),
  );
  const singles = shown.map((member) =>
    single({ ...member, values: member.values.filter((value) => drawn.has(value)) }, perAccount),
  );
  const rest = order.slice(shown.length);
  if (rest.length === 0) return singles;
  return [
    ...singles,
    {
      ...part,
      id: `${part.id}-rest`,
      members: rest,
      expandable: false,
      edges: part.edges.slice(0, 1).map((edge) => ({
        ...edge,
        accounts: rest.filter((member) => member.values.includes(edge.value)).length,
      })),
    },
  ];
}

/** 64 bits of FNV-1a in two halves: an id that says nothing and stays the same for the same values. */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
