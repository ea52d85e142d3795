/** Scores as text. */

import type { Score } from './score-findings';
import type { PromptScore } from './score-prompts';

/** One method on one data set. */
export interface Entry {
  data: string;
  method: string;
  score: Score;
  seconds: number;
}

/** Campaigns from this size on are asked after one by one. */
const LARGE = 50;
const FULLY = 0.95;

const HEAD = [
  'data',
  'method',
  'clusters',
  'accounts',
  'P@20 cl',
  'P@20 acc',
  'P@50 cl',
  'P@50 acc',
  'P@100 acc',
  `≥${LARGE} found`,
  'small found',
  'exch.',
  'crowd',
  'B³ P',
  'B³ R',
  'others',
  'worst segment',
  'told',
  's',
];

/** The table: a line for each method on each data set, and one for each class of prompts from each source. */
export function printTable(entries: readonly Entry[], prompts: readonly PromptScore[]): string {
  return align([HEAD, ...entries.map(rowOf), ...prompts.map(promptRowOf)]);
}

/** `told`: prompts of the class that are told for it; of what people typed, those taken for a harvest. */
function promptRowOf({ class: name, source, prompts, share: told }: PromptScore): string[] {
  const row = HEAD.map(() => '-');
  row[0] = `${name} (${source}, ${prompts})`;
  row[1] = 'weir';
  row[HEAD.indexOf('told')] = name === 'human' ? `${percent(told)} taken` : share(told);
  return row;
}

function rowOf({ data, method, score, seconds }: Entry): string[] {
  const worst = score.segments.find(({ accounts }) => accounts >= 20) ?? score.segments[0];
  const first = (k: number) => score.first[k]!;
  return [
    data,
    method,
    String(score.clusters),
    String(score.flagged),
    share(first(20).clusters),
    share(first(20).accounts),
    share(first(50).clusters),
    share(first(50).accounts),
    share(first(100).accounts),
    fullyFound(score, (accounts) => accounts >= LARGE),
    fullyFound(score, (accounts) => accounts >= 5 && accounts < LARGE),
    share(score.exchangesCovered),
    share(score.crowdRecall),
    share(score.bcubed.precision),
    share(score.bcubed.recall),
    percent(score.othersFlagged),
    worst ? `${worst.segment} ${percent(worst.flagged / worst.accounts)}` : '-',
    '-',
    seconds.toFixed(1),
  ];
}

/** "3/4": campaigns of which at least 95 % of the accounts are flagged. */
function fullyFound({ campaigns }: Score, isOfSize: (accounts: number) => boolean): string {
  const asked = campaigns.filter(({ accounts }) => isOfSize(accounts));
  return asked.length === 0 ? '-' : `${asked.filter(({ found }) => found >= FULLY).length}/${asked.length}`;
}

/** Each campaign of at least 50 accounts: share found, and share in the one cluster that is mostly its own. */
export function printCampaigns(entries: readonly Entry[]): string {
  const rows = entries.flatMap(({ data, method, score }) =>
    score.campaigns
      .filter(({ accounts }) => accounts >= LARGE)
      .map((each) => [
        data,
        method,
        each.campaign,
        String(each.accounts),
        share(each.found),
        share(each.together),
        each.found >= FULLY ? '' : 'short',
      ]),
  );
  return align([['data', 'method', 'campaign', 'accounts', 'found', 'in one', ''], ...rows]);
}

/** False flags of each honest segment, a column for each entry, worst first by the first method's sum. */
export function printSegments(entries: readonly Entry[]): string {
  const segments = new Map<string, number>();
  for (const { score } of entries) {
    for (const each of score.segments) {
      segments.set(each.segment, (segments.get(each.segment) ?? 0) + each.flagged / each.accounts);
    }
  }
  const names = [...segments].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const cell = (score: Score, name: string) => {
    const found = score.segments.find(({ segment }) => segment === name);
    return found ? `${found.flagged}/${found.accounts}` : '-';
  };
  return align([
    ['flagged', ...entries.map(({ data, method }) => `${data} ${method}`)],
    ...names.map((name) => [name, ...entries.map(({ score }) => cell(score, name))]),
  ]);
}

function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]! + cell.length - [...cell].length))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
