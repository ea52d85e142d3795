/**
 * Which pattern a prompt follows, by fixed phrases. Hypothesis: harvesting prompts name what they harvest.
 * Measured on real prompts (see the test): rubric grading and tool-use sets are found, ordinary people nearly
 * never. Known misses: self-instruct and evolved-instruction corpora (.01 to .12), and languages other than
 * English; those show only at the level of the group.
 */
import { PATTERN_CLASSES, type PatternClass } from '@/lib/records/pattern-classes';
import { PHRASES } from './pattern-phrases';
import { WordSearch } from './word-search';

export interface PromptToClassify {
  prompt?: string;
  system_prompt?: string;
  tool_names?: readonly string[];
  labels?: readonly string[];
}

/** Long prompts show their pattern at the head or the foot; what lies between is material. */
const HEAD = 6_000;
const FOOT = 2_000;

const CLASSES = PHRASES.map(([name]) => PATTERN_CLASSES.indexOf(name));
/** Which classes may be found in a text: one pass that is much quicker than that of an expression. */
const SEARCH = new WordSearch(PHRASES.map(([, phrases]) => phrases.flatMap(([, ...words]) => words)));
/** By the classes that may be found: one pass over the text finds every class that occurs, told by its group. */
const EXPRESSIONS: (RegExp | undefined)[] = [];

const OTHER = PATTERN_CLASSES.indexOf('other');
const CODE_TASKS = PATTERN_CLASSES.indexOf('code_tasks');
const CODE_TOOLS = new Set([
  'bash',
  'edit',
  'write_file',
  'read_file',
  'apply_patch',
  'run_tests',
  'str_replace',
]);

/**
 * The pattern class of a prompt, as an index into PATTERN_CLASSES. A label of the provider's own classifiers that
 * names a class decides; then the text of prompt and system prompt; tools alone tell no more than code work.
 */
export function classifyPrompt(input: PromptToClassify): number {
  for (const label of input.labels ?? []) {
    const named = PATTERN_CLASSES.indexOf(label.toLowerCase().replaceAll('-', '_') as PatternClass);
    if (named >= 0 && named !== OTHER) return named;
  }
  const best = Math.min(rankText(input.prompt), rankText(input.system_prompt));
  if (best < CLASSES.length) return CLASSES[best]!;
  return input.tool_names?.some((name) => CODE_TOOLS.has(name.toLowerCase())) ? CODE_TASKS : OTHER;
}

/** The place in PHRASES of the strongest class that occurs, or PHRASES.length. */
function rankText(text: string | undefined): number {
  let best = PHRASES.length;
  if (!text) return best;
  const part = text.length > HEAD + FOOT ? `${text.slice(0, HEAD)}\n${text.slice(-FOOT)}` : text;
  const lower = part.toLowerCase();
  const classes = SEARCH.find(lower);
  if (classes === 0) return best;
  EXPRESSIONS[classes] ??= expressionOf(classes);
  const expression = EXPRESSIONS[classes];
  expression.lastIndex = 0;
  for (let match = expression.exec(lower); match && best > 0; match = expression.exec(lower)) {
    for (let rank = 0; rank < best; rank++) if (match[rank + 1] !== undefined) best = rank;
  }
  return best;
}

/** Its groups stand in the order of PHRASES; those of other classes match nothing. */
export function expressionOf(classes: number): RegExp {
  const groups = PHRASES.map(([, phrases], rank) =>
    classes & (1 << rank) ? `(${phrases.map(([phrase]) => phrase).join('|')})` : '([])',
  );
  return new RegExp(groups.join('|'), 'g');
}
