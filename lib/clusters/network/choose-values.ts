/** Which of a cluster's shared values are drawn, and in which order they speak for an account. Pure. */
import type { MemberRole } from '../schema';

export interface NetworkValue {
  /** Decimal string of the indicator's 64-bit id. */
  id: string;
  kind: string;
  value: string;
  population: number;
  expected: number;
}

export interface NetworkMember {
  accountId: string;
  name: string | null;
  role: MemberRole;
  strength: number;
  /** Indexes into the input's values, none twice. */
  values: readonly number[];
}

export interface ChosenValue extends NetworkValue {
  members: number;
}

export interface Chosen {
  /** Most telling first: the rarest outside. */
  values: ChosenValue[];
  /** By account id; `values` are indexes into the chosen values, most telling first. */
  members: NetworkMember[];
}

const PER_KIND_FIRST = 3;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * At most `limit` values that two or more members hold: the three most held of each kind, so that no kind is
 * lost behind a big one, then the most held of all. The order of the input does not matter.
 */
export function chooseValues(
  values: readonly NetworkValue[],
  members: readonly NetworkMember[],
  limit: number,
): Chosen {
  const holders = new Int32Array(values.length);
  for (const member of members) for (const value of member.values) holders[value]! += 1;

  const shared = values
    .map((value, index) => ({ value: { ...value, members: holders[index]! }, index }))
    .filter((entry) => entry.value.members >= 2)
    .sort((a, b) => b.value.members - a.value.members || compare(a.value.id, b.value.id));

  const taken = new Map<string, number>();
  const first = shared.filter(({ value }) => {
    const count = taken.get(value.kind) ?? 0;
    taken.set(value.kind, count + 1);
    return count < PER_KIND_FIRST;
  });
  const rest = shared.filter((entry) => !first.includes(entry));
  const chosen = [...first, ...rest]
    .slice(0, limit)
    .sort(
      (a, b) =>
        a.value.population - b.value.population ||
        b.value.members - a.value.members ||
        compare(a.value.id, b.value.id),
    );

  const position = new Map(chosen.map((entry, order) => [entry.index, order]));
  return {
    values: chosen.map((entry) => entry.value),
    members: members
      .map((member) => ({ ...member, values: positions(member.values, position) }))
      .sort((a, b) => compare(a.accountId, b.accountId)),
  };
}

function positions(values: readonly number[], position: ReadonlyMap<number, number>): number[] {
  const found: number[] = [];
  for (const value of values) {
    const at = position.get(value);
    if (at !== undefined) found.push(at);
  }
  return found.sort((a, b) => a - b);
}
