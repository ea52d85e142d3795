/** An entry in a few words, for its line in a list. Pure. */
import { formatOf } from '@/components/ui/format';
import type { AuditFold } from '@/lib/audit/filter-schema';
import { buildDiff, plainValue } from './build-diff';

interface Summarized {
  verb: string;
  outcome: string;
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  detail: Record<string, unknown> | null;
}

/** Its figures where its verb has some worth a line, else its reason, else what changed; empty when it has nothing. */
export function summarize(entry: Summarized): string {
  const figures = entry.outcome === 'done' ? figuresOf(entry) : '';
  if (figures) return figures;
  if (entry.reason) return entry.reason;
  const changes = buildDiff(entry.before, entry.after)
    .filter((line) => line.changed)
    .map((line) =>
      line.before === null
        ? `${line.path} ${line.after}`
        : `${line.path} ${line.before} → ${line.after ?? 'gone'}`,
    );
  if (changes.length > 0) return changes.join(', ');
  return Object.entries(entry.detail ?? {})
    .filter(([, value]) => value === null || typeof value !== 'object')
    .map(([field, value]) => `${field.replaceAll('_', ' ')} ${plainValue(value)}`)
    .join(', ');
}

function figuresOf({ verb, detail }: Summarized): string {
  if (verb === 'proposal.create' && detail && typeof detail.accounts === 'number')
    return `${wordOf(detail.action)}, ${formatOf(detail.accounts, 'account')}`;
  if (verb === 'proposal.approve' && detail && typeof detail.approvals === 'number')
    return `${plainValue(detail.approvals)} of ${plainValue(detail.approvalsRequired)}, list ${shortHash(detail.sha256)}`;
  if (verb === 'enforcement.apply' && detail && typeof detail.stage === 'number') {
    const [done, dead, skipped] = [detail.done, detail.dead, detail.skipped].map((count) =>
      typeof count === 'number' ? count : 0,
    ) as [number, number, number];
    return foldWords({ stages: [detail.stage], done, dead, skipped });
  }
  return '';
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('_', ' ') : 'action';
}

/** "9f2c41d0…b2". */
function shortHash(value: unknown): string {
  return typeof value === 'string' && value.length > 12 ? `${value.slice(0, 8)}…${value.slice(-2)}` : '–';
}

/** "stages 1 and 2: 31 done, 2 given up". */
export function foldWords(fold: Pick<AuditFold, 'stages' | 'done' | 'dead' | 'skipped'>): string {
  const stages = fold.stages.map((stage) => stage + 1);
  const which =
    stages.length === 0
      ? ''
      : stages.length === 1
        ? `stage ${stages[0]}: `
        : `stages ${stages.slice(0, -1).join(', ')} and ${stages.at(-1)}: `;
  const counts = [
    [fold.done, 'done'],
    [fold.dead, 'given up'],
    [fold.skipped, 'skipped'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${plainValue(count)} ${word}`);
  return which + (said.join(', ') || 'nothing done yet');
}

/** A value line by line: lists give a line for each part, objects their fields ("id acct_1 · try 2"). */
export function valueLines(value: unknown): string[] {
  if (!Array.isArray(value)) return [fieldsOnOneLine(value)];
  return value.length === 0 ? ['none'] : value.map(fieldsOnOneLine);
}

function fieldsOnOneLine(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return plainValue(value);
  return Object.entries(value)
    .map(([field, part]) => `${field} ${plainValue(part)}`)
    .join(' · ');
}
