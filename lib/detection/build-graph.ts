/**
 * The account–value graph of a snapshot in one canonical order (ids sorted), with organizations folded into
 * one node. Everything after this works on its indexes, which is why the order of input cannot matter.
 */
import { type DetectionKind, detectionKind, RHYTHM_KIND } from './kinds';
import type { DetectionConfig, ListedValue, Snapshot } from './schema';
import type { WeakPair } from './weak-pairs';

/** Rows of a sparse table: row r holds values[offsets[r]..offsets[r+1]), sorted, each once. */
export type ValueRows = {
  offsets: Int32Array;
  values: Int32Array;
  counts: Float64Array;
  /** rows × kinds: values of the kind that no other entity holds; they are in no other array. */
  alone: Int32Array;
};

export type EvidenceGraph = {
  /** Entities (N of every formula), numbered in the order of their first account id. */
  units: number;
  /** Accounts of unit u: unitAccounts[unitOffsets[u]..), as snapshot indexes in order of id. */
  unitOffsets: Int32Array;
  unitAccounts: Int32Array;
  /** Sorted by name. */
  kinds: DetectionKind[];
  /** Values that two entities hold or that name another account, sorted by kind and id. */
  values: number;
  valueKind: Uint16Array;
  valueIds: string[];
  /** Entities that hold the value. */
  df: Int32Array;
  /** The unit whose id the value is, or -1. */
  valueUnit: Int32Array;
  /** What suppression left of the value's weight, in [0, 1]. */
  factor: Float64Array;
  /** Why a value is known to be strangers', by value. */
  listed: Map<number, ListedValue>;
  holderOffsets: Int32Array;
  holders: Int32Array;
  byUnit: ValueRows;
  /** The same for single accounts, indexed like unitAccounts; `byUnit` itself when every entity has one. */
  byAccount: ValueRows;
  /** For each kind the values that several accounts share but one entity holds alone; `holder` is an account of it. */
  heldByOneEntity: { valueId: string; accounts: number; holder: number }[][];
  /** Pairs of weak values that link as one. */
  weakPairs: WeakPair[];
  /** How much a value that nobody else has counts against being held, from the configuration. */
  ownWeight: number;
};

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorts, folds entities and counts df. @throws RangeError when an index of the snapshot is out of range. */
export function buildGraph(snapshot: Snapshot, config: DetectionConfig): EvidenceGraph {
  const { accountIds, links, valueIds } = snapshot;
  // the rhythm of activity is a kind without values: it comes from the bins
  const names = new Set(snapshot.bins ? [...snapshot.kinds, RHYTHM_KIND] : snapshot.kinds);
  const kinds = [...names].sort(before).map((kind) => detectionKind(kind, config.lambda));
  const kindRank = Uint16Array.from(snapshot.kinds, (name) => kinds.findIndex(({ kind }) => kind === name));

  const { unitOf, unitOffsets, unitAccounts, units } = foldEntities(snapshot);
  const rowOf = new Int32Array(accountIds.length);
  unitAccounts.forEach((account, row) => {
    rowOf[account] = row;
  });

  const named = new Int32Array(valueIds.length).fill(-1);
  snapshot.valueAccount?.forEach((account, value) => {
    if (account >= 0) named[value] = unitOf[account]!;
  });

  // df counts entities; a value that names somebody is kept even with a single holder
  const first = new Int32Array(valueIds.length).fill(-1);
  const lastAccount = new Int32Array(valueIds.length).fill(-1);
  const severalUnits = new Uint8Array(valueIds.length);
  const accountsOf = new Int32Array(valueIds.length);
  const namesOther = new Uint8Array(valueIds.length);
  for (let i = 0; i < links.account.length; i++) {
    const account = links.account[i]!;
    const value = links.value[i]!;
    if (account < 0 || account >= accountIds.length || value < 0 || value >= valueIds.length) {
      throw new RangeError(`link ${i} points outside the snapshot`);
    }
    const unit = unitOf[account]!;
    if (first[value] === -1) {
      first[value] = unit;
    }
    if (first[value] !== unit) severalUnits[value] = 1;
    if (lastAccount[value] !== account) accountsOf[value]!++;
    lastAccount[value] = account;
    if (named[value]! >= 0 && named[value] !== unit) namesOther[value] = 1;
  }
  const kept: number[] = [];
  const heldByOneEntity: EvidenceGraph['heldByOneEntity'] = kinds.map(() => []);
  for (let v = 0; v < valueIds.length; v++) {
    if (severalUnits[v] || namesOther[v]) kept.push(v);
    else if (accountsOf[v]! > 1)
      heldByOneEntity[kindRank[snapshot.valueKind[v]!]!]!.push({
        valueId: valueIds[v]!,
        accounts: accountsOf[v]!,
        holder: unitAccounts[unitOffsets[first[v]!]!]!,
      });
  }
  kept.sort((a, b) => {
    const byKind = kindRank[snapshot.valueKind[a]!]! - kindRank[snapshot.valueKind[b]!]!;
    return byKind !== 0 ? byKind : before(valueIds[a]!, valueIds[b]!);
  });
  const rank = new Int32Array(valueIds.length).fill(-1);
  kept.forEach((value, position) => {
    rank[value] = position;
  });

  const kindOfValue = (value: number): number => kindRank[snapshot.valueKind[value]!]!;
  const rows = (count: number, rowOfAccount: Int32Array): ValueRows =>
    collectRows(links, rank, kindOfValue, kinds.length, count, rowOfAccount);
  const byUnit = rows(units, unitOf);
  const byAccount = units === accountIds.length ? byUnit : rows(accountIds.length, rowOf);
  const holders = transpose(byUnit, kept.length);
  const listed = new Map<number, ListedValue>();
  for (const entry of snapshot.listedValues ?? []) {
    const value = rank[entry.value] ?? -1;
    if (value >= 0 && !listed.has(value)) listed.set(value, entry);
  }
  return {
    units,
    unitOffsets,
    unitAccounts,
    kinds,
    values: kept.length,
    valueKind: Uint16Array.from(kept, kindOfValue),
    valueIds: kept.map((value) => valueIds[value]!),
    df: Int32Array.from(kept, (_, v) => holders.offsets[v + 1]! - holders.offsets[v]!),
    valueUnit: Int32Array.from(kept, (value) => named[value]!),
    factor: new Float64Array(kept.length).fill(1),
    listed,
    holderOffsets: holders.offsets,
    holders: holders.rows,
    byUnit,
    byAccount,
    heldByOneEntity,
    weakPairs: [],
    ownWeight: config.ownWeight,
  };
}

function foldEntities({ accountIds, entity }: Snapshot) {
  const order = Int32Array.from(
    Array.from(accountIds.keys()).sort((a, b) => before(accountIds[a]!, accountIds[b]!)),
  );
  const unitOfEntity = new Map<number, number>();
  const unitOf = new Int32Array(accountIds.length);
  for (const account of order) {
    const unit = unitOfEntity.get(entity[account]!) ?? unitOfEntity.size;
    unitOfEntity.set(entity[account]!, unit);
    unitOf[account] = unit;
  }
  const units = unitOfEntity.size;
  const unitOffsets = new Int32Array(units + 1);
  for (const unit of unitOf) unitOffsets[unit + 1]!++;
  for (let u = 0; u < units; u++) unitOffsets[u + 1]! += unitOffsets[u]!;
  const next = unitOffsets.slice();
  const unitAccounts = new Int32Array(accountIds.length);
  for (const account of order) unitAccounts[next[unitOf[account]!]!++] = account;
  return { unitOf, unitOffsets, unitAccounts, units };
}

function collectRows(
  links: Snapshot['links'],
  rank: Int32Array,
  kindOfValue: (value: number) => number,
  kindCount: number,
  rowCount: number,
  rowOf: Int32Array,
): ValueRows {
  const size = new Int32Array(rowCount + 1);
  const isLone = (i: number): boolean => rank[links.value[i]!]! < 0;
  for (let i = 0; i < links.account.length; i++) if (!isLone(i)) size[rowOf[links.account[i]!]! + 1]!++;
  const alone = countAlone(links, isLone, rowCount, rowOf, kindCount, kindOfValue, rank.length);
  for (let r = 0; r < rowCount; r++) size[r + 1]! += size[r]!;
  const fill = size.slice();
  const rawValues = new Int32Array(size[rowCount]!);
  const rawCounts = new Float64Array(size[rowCount]!);
  for (let i = 0; i < links.account.length; i++) {
    const value = rank[links.value[i]!]!;
    if (value < 0) continue;
    const at = fill[rowOf[links.account[i]!]!]!++;
    rawValues[at] = value;
    rawCounts[at] = links.count[i]!;
  }
  // sort each row and add up what an entity's accounts hold together; values of counts come sorted too, so
  // that the sums do not depend on the order of input
  const offsets = new Int32Array(rowCount + 1);
  const values = new Int32Array(rawValues.length);
  const counts = new Float64Array(rawValues.length);
  let end = 0;
  for (let r = 0; r < rowCount; r++) {
    const order = Array.from({ length: size[r + 1]! - size[r]! }, (_, i) => size[r]! + i);
    order.sort((a, b) => rawValues[a]! - rawValues[b]! || rawCounts[a]! - rawCounts[b]!);
    for (const at of order) {
      if (end > offsets[r]! && values[end - 1] === rawValues[at]) counts[end - 1]! += rawCounts[at]!;
      else {
        values[end] = rawValues[at]!;
        counts[end] = rawCounts[at]!;
        end++;
      }
    }
    offsets[r + 1] = end;
  }
  return { offsets, values: values.subarray(0, end), counts: counts.subarray(0, end), alone };
}

/** Values that one entity holds alone, each once a row however many of its accounts or days show it. */
function countAlone(
  links: Snapshot['links'],
  isLone: (link: number) => boolean,
  rowCount: number,
  rowOf: Int32Array,
  kindCount: number,
  kindOfValue: (value: number) => number,
  valueCount: number,
): Int32Array {
  const offsets = new Int32Array(rowCount + 1);
  for (let i = 0; i < links.account.length; i++) if (isLone(i)) offsets[rowOf[links.account[i]!]! + 1]!++;
  for (let r = 0; r < rowCount; r++) offsets[r + 1]! += offsets[r]!;
  const next = offsets.slice();
  const values = new Int32Array(offsets[rowCount]!);
  for (let i = 0; i < links.account.length; i++)
    if (isLone(i)) values[next[rowOf[links.account[i]!]!]!++] = links.value[i]!;
  const alone = new Int32Array(rowCount * kindCount);
  const lastRow = new Int32Array(valueCount).fill(-1);
  for (let row = 0; row < rowCount; row++) {
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
      const value = values[i]!;
      if (lastRow[value] === row) continue;
      lastRow[value] = row;
      alone[row * kindCount + kindOfValue(value)]!++;
    }
  }
  return alone;
}

/** From rows of values to rows of holders. */
function transpose(rows: ValueRows, valueCount: number): { offsets: Int32Array; rows: Int32Array } {
  const offsets = new Int32Array(valueCount + 1);
  for (const value of rows.values) offsets[value + 1]!++;
  for (let v = 0; v < valueCount; v++) offsets[v + 1]! += offsets[v]!;
  const next = offsets.slice();
  const holders = new Int32Array(rows.values.length);
  for (let r = 0; r + 1 < rows.offsets.length; r++) {
    for (let i = rows.offsets[r]!; i < rows.offsets[r + 1]!; i++) holders[next[rows.values[i]!]!++] = r;
  }
  return { offsets, rows: holders };
}
