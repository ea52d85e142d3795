/** The 15-minute bins in which each account was active, out of the rollup's bit strings. */
import { readCopy } from '@/lib/database/read-copy';
import type { Snapshot } from '@/lib/detection/schema';
import { IntColumns } from './int-columns';

const BINS_A_DAY = 96;
const WORDS = 3;

/** @returns undefined, not empty, when nothing was seen: detection must know that there is no rhythm to go by. */
export async function loadBins(from: Date, indexOf: ReadonlyMap<number, number>): Promise<Snapshot['bins']> {
  const rows = new IntColumns(2 + WORDS);
  await readCopy(
    `SELECT account_key, day, bins FROM account_bins WHERE day >= '${from.toISOString().slice(0, 10)}'::date`,
    ['int4', 'date', 'bit96'],
    (row) => {
      const account = indexOf.get(row.int4(0));
      if (account === undefined) return;
      const at = rows.add();
      rows.cells[at] = account;
      rows.cells[at + 1] = row.day(1);
      for (let word = 0; word < WORDS; word++) rows.cells[at + 2 + word] = row.word(2, word);
    },
  );
  if (rows.length === 0) return undefined;
  return unpack(rows, indexOf.size);
}

/** Days come in any order, and the same day more than once. */
function unpack(rows: IntColumns, accounts: number): NonNullable<Snapshot['bins']> {
  const { cells, width } = rows;
  const { offsets: first, order } = rows.groupByFirst(accounts);
  const offsets = new Int32Array(accounts + 1);
  const bins = new IntColumns(1, Math.max(1, rows.length * 4));
  for (let account = 0; account < accounts; account++) {
    const own = order.subarray(first[account]!, first[account + 1]!);
    own.sort((a, b) => cells[a * width + 1]! - cells[b * width + 1]!);
    for (let i = 0; i < own.length; ) {
      const day = cells[own[i]! * width + 1]!;
      const words = [0, 0, 0];
      for (; i < own.length && cells[own[i]! * width + 1] === day; i++) {
        for (let word = 0; word < WORDS; word++) words[word]! |= cells[own[i]! * width + 2 + word]!;
      }
      for (let bin = 0; bin < BINS_A_DAY; bin++) {
        if ((words[bin >> 5]! >>> (31 - (bin & 31))) & 1) bins.cells[bins.add()] = day * BINS_A_DAY + bin;
      }
    }
    offsets[account + 1] = bins.length;
  }
  return { offsets, bins: bins.cells.slice(0, bins.length) };
}
