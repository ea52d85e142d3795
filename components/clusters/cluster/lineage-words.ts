/** What became of a cluster, in plain words. Pure. */
import { formatCount, formatOf } from '@/components/ui/format';
import type { LineageEvent, LineageRow } from '@/lib/clusters/schema';

/** The sentence before and after the other cluster's name; without another one all stands in `before`. */
export interface LineageWords {
  before: string;
  other: number | null;
  after: string;
}

type Sentence = (row: LineageRow) => [before: string, after?: string];

const accounts = (count: number) => formatOf(count, 'account');
const fromTo = ({ before, after }: LineageRow) => `from ${formatCount(before)} to ${accounts(after)}`;

const SENTENCES: Record<LineageEvent, Sentence> = {
  born: (row) => [`Found with ${accounts(row.after)}`],
  grew: (row) => [`Grew ${fromTo(row)}`],
  shrank: (row) => [`Shrank ${fromTo(row)}`],
  split: (row) => ['Split from', `with ${accounts(row.after)}`],
  merged: (row) => ['Took in', `and went ${fromTo(row)}`],
  dormant: (row) => [`No longer found; it had ${accounts(row.before)}`],
  re_emerged: (row) => [`Found again, with ${accounts(row.after)}`],
  regrew: (row) =>
    row.otherClusterId === null
      ? [
          `Regrew: ${formatCount(row.after)} young accounts hold what its ${formatCount(row.before)} banned ones shared`,
        ]
      : ['Regrew from', `after its ban, with ${accounts(row.after)}`],
  merged_into: (row) => ['Became part of', `which has ${accounts(row.after)}`],
  split_off: (row) => ['Lost a part to', `which has ${accounts(row.after)}`],
  regrew_as: (row) => ['Came back as', `with ${accounts(row.after)}`],
};

export function lineageWords(row: LineageRow): LineageWords {
  const [before, after = ''] = SENTENCES[row.event](row);
  return { before, other: row.otherClusterId, after };
}
