/** Why lines were not taken, without what stood in them. Pure. */
import type { RejectGroup } from './run-schema';

/** A reason without what it quotes: a broken line may hold a prompt or a person's address, and this is kept. */
export function withoutQuotes(reason: string): string {
  return reason.replace(/".*"/s, '"…"');
}

/** What differs from line to line only by a figure is one reason. */
const FIGURES: readonly (readonly [RegExp, string])[] = [
  [/ at character \d+/, ''],
  [/: "…"$/, ''],
  [/ is [^ ]+: outside .*$/, ': outside the years that are believed'],
  [/(, got) -?\d[\d.e+]*$/, '$1 another number'],
];

function reasonKind(reason: string): string {
  return FIGURES.reduce((words, [figure, plain]) => words.replace(figure, plain), withoutQuotes(reason));
}

/** Rejects by reason, most first. @param rejects newest run first, lines in order */
export function groupRejects(
  rejects: Iterable<{ runId: number; line: number; reason: string }>,
): RejectGroup[] {
  const groups = new Map<string, RejectGroup>();
  for (const { runId, line, reason } of rejects) {
    const kind = reasonKind(reason);
    const group = groups.get(kind) ?? { reason: kind, lines: 0, examples: [] };
    groups.set(kind, group);
    group.lines++;
    const newest = group.examples[0]?.runId ?? runId;
    if (runId === newest && group.examples.length < 3) group.examples.push({ runId, line });
  }
  return [...groups.values()].sort((a, b) => b.lines - a.lines || a.reason.localeCompare(b.reason, 'en'));
}
