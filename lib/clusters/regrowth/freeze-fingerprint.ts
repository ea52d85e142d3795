/** What a banned cluster would be known by again: values that many of its members held and hardly anybody else. Pure. */
import { detectionKind } from '@/lib/detection/kinds';
import type { Snapshot } from '@/lib/detection/schema';

export interface FrozenValue {
  /** Id of the value in the snapshot; of such kinds it is the indicator's. */
  valueId: string;
  kind: string;
  members: number;
  population: number;
}

/** From this share of its holders on a value is the cluster's own. */
const OWN_FROM = 0.75;
/** Values kept of a kind, those of most members first. */
const MOST = 1_000;

/**
 * @param members indexes of the cluster's core and ordinary accounts
 * @param existed who counts as a holder: accounts that were there when the cluster was banned. Those that came after
 * it, as replacements do, must not make its values look common.
 */
export function freezeFingerprint(
  snapshot: Snapshot,
  members: ReadonlySet<number>,
  existed: (account: number) => boolean,
): FrozenValue[] {
  const { links, valueIds, valueKind, kinds } = snapshot;
  // What is shared on one day only says nothing of another: addresses change hands.
  const lasting = kinds.map((kind) => !detectionKind(kind).perDay && detectionKind(kind).lambda > 0);
  const listed = new Set(snapshot.listedValues?.map(({ value }) => value));
  const inside = new Int32Array(valueIds.length);
  const holders = new Int32Array(valueIds.length);
  for (let i = 0; i < links.account.length; i++) {
    const account = links.account[i]!;
    const value = links.value[i]!;
    if (!lasting[valueKind[value]!]) continue;
    if (members.has(account)) inside[value]!++;
    else if (!existed(account)) continue;
    holders[value]!++;
  }
  const byKind = new Map<string, FrozenValue[]>();
  inside.forEach((count, value) => {
    if (listed.has(value) || count < 2 || count < OWN_FROM * holders[value]!) return;
    const kind = kinds[valueKind[value]!]!;
    const row = { valueId: valueIds[value]!, kind, members: count, population: holders[value]! };
    const list = byKind.get(kind);
    if (list) list.push(row);
    else byKind.set(kind, [row]);
  });
  return [...byKind.values()].flatMap((list) => list.sort(strongestFirst).slice(0, MOST));
}

function strongestFirst(a: FrozenValue, b: FrozenValue): number {
  return b.members - a.members || a.population - b.population || (a.valueId < b.valueId ? -1 : 1);
}
