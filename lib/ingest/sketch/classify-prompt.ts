/**
 * Which pattern a prompt follows, by fixed phrases. Hypothesis: harvesting prompts name what they harvest.
 * Measured on real prompts (see the test): rubric grading and tool-use sets are found, ordinary people nearly
 * never. Known misses: self-instruct and evolved-instruction corpora (.01 to .12), and languages other than
 * English; those show only at the level of the group.
 */
import { PATTERN_CLASSES, type PatternClass } from '@/lib/records/pattern-classes';

export interface PromptToClassify {
  prompt?: string;
  system_prompt?: string;
  tool_names?: readonly string[];
  labels?: readonly string[];
}

/** Long prompts show their pattern at the head or the foot; what lies between is material. */
const HEAD = 6_000;
const FOOT = 2_000;

/** Phrases by class, in the order in which a class wins when several are found. Text is lower case. */
const PHRASES: readonly (readonly [PatternClass, readonly string[]])[] = [
  [
    'rubric_grading',
    [
      'scor(?:e|ing) rubric',
      'grading rubric',
      'rubric (?:below|above|provided|given|for (?:scoring|grading|evaluat))',
      '(?:according to|based on|against|using|with|apply|applying) (?:the|this) (?:[a-z-]{1,20} ){0,2}rubric',
      '(?:response|answer|completion)s? to (?:evaluate|be evaluated|grade|judge|score)',
      'reference answer',
      '(?:rate|score|grade|judge|evaluate|assess) (?:the|each|this|both) (?:[a-z-]{1,20} ){0,3}(?:response|answer|completion)s?\\b[^.\\n]{0,60}(?:scale|from \\d|\\d ?(?:-|to) ?\\d|out of|between \\d|score|integer)',
      'impartial judge',
      '(?:which|decide which|choose the) (?:response|answer|completion|assistant)(?: is)? (?:better|preferred)',
      'preference (?:label|judge?ment)s? (?:for|between)',
      'assistant a\\b[^.\\n]{0,80}assistant b\\b',
    ],
  ],
  [
    'tool_use_harvest',
    [
      'toolformer',
      'tool[- ]?(?:use|call(?:ing)?|calls) (?:trajector|trace|transcript|demonstration|example)',
      'agent(?:ic)? (?:trajector|trace|rollout)',
      '(?:full|complete|entire) (?:trajectory|sequence of tool calls)',
      'useful for when you need to [^\\n]{0,200}\\n',
      'input should be (?:a |an )?(?:valid |natural |search |fully |json|single |string|python|question)',
      'thought:[^\\n]{0,200}\\n ?action:',
      'action input:',
      '(?:available|following) (?:tools|functions|apis):\\n',
      'you (?:have access to|can (?:use|call)|are given) (?:the |these |this )?(?:following )?(?:set of )?(?:tools|functions|apis)\\b',
      '<tool_call>',
      'function[- ]call(?:ing)? (?:example|dataset|sample|trajector)',
      'record every tool call',
      'emit (?:each|every|the) tool call',
    ],
  ],
  [
    'safe_rewrite',
    [
      '(?:rewrite|rephrase|restate|paraphrase|reword)\\b[^.\\n]{0,120}(?:politically|sensitiv|censor|neutral stance|safe (?:answer|response|alternative|version)|compliant|complies with|content polic|acceptable (?:to|under))',
      '(?:politically sensitive|sensitive political|censored|censorship)\\b[^.\\n]{0,100}(?:rewrite|alternative|safe|deflect|avoid|version|answer)',
      'censorship-safe',
      'safe alternative (?:to|for) (?:the|each|this) (?:question|query|prompt|request)',
      'policy-compliant (?:version|answer|alternative|reply)',
      'steer (?:the conversation|it|the answer) away from',
    ],
  ],
  [
    'reasoning_elicitation',
    [
      'internal reasoning',
      'reasoning (?:behind|that led to|trace|process|chain|steps)\\b',
      '(?:chain|train)[- ]of[- ]thought',
      '(?:complete|full|entire|transparent|detailed|explicit)(?: and [a-z]{1,16})? (?:reasoning|thought process|thinking|derivation)',
      '(?:show|write out|spell out|articulate|reveal|expose|verbali[sz]e|narrate|include) (?:me )?(?:all |every |each |the |your |its )?(?:(?:step|intermediate step)s? of (?:your|the) )?(?:complete |full |entire |own |inner |internal |intermediate )?(?:reasoning|thought process|thinking|thoughts|deliberation|inference)',
      '(?:think|reason|work through (?:it|this|the problem)) step[- ]by[- ]step\\b[^\\n]{0,160}(?:reason|think|thought|before|show|explain)',
      'step[- ]by[- ]step reasoning',
      '<think(?:ing)?>',
    ],
  ],
  [
    'synthetic_data',
    [
      '(?:generate|create|write|produce|come up with|compose|synthesi[sz]e) (?:a (?:set|list|batch|dataset) of )?(?:\\d+|ten|twenty|fifty|hundred|diverse|several|new|synthetic)\\b[^.\\n]{0,60}(?:instruction|training (?:example|sample|data)|question[- ](?:and[- ])?answer|q&a pair|qa pair|prompt-|instruction-|dialogue sample|few-shot|labell?ed example|samples? for training)',
      'synthetic (?:data|dataset|example|dialogue|conversation|sample|training)',
      '(?:training|fine-?tuning|sft|instruction-tuning) (?:data|dataset|corpus|set|pairs?|example|sample)s?\\b[^.\\n]{0,80}(?:json|jsonl|format|model|instruction|generate|produce)',
      'instruction[- ](?:response|output|following) (?:pair|example|dataset)',
      '(?:input|instruction)[^.\\n]{0,20}(?:and|,) output[^.\\n]{0,20} fields',
      'rewrite the given prompt into a more complex',
      'evolve the (?:instruction|prompt)',
    ],
  ],
  [
    'code_tasks',
    [
      '```',
      '\\b(?:write|implement|create|make|build|code|give me|develop|complete|generate|fix|refactor|debug|optimi[sz]e|convert|add|design)\\b[^.\\n]{0,70}\\b(?:function|script|program|class|method|algorithm|code|query|regex|api|endpoint|component|unit tests?|python|javascript|typescript|java|c\\+\\+|rust|golang|sql|bash|html|css|react|kotlin|swift|php|scheme|excel|vba)\\b',
      '\\b(?:python|javascript|typescript|c\\+\\+|rust|kotlin|bash|sql|php) (?:function|script|code|program|class|library|query)\\b',
      '\\b(?:stack ?trace|compile error|syntax ?error|typeerror|segfault|null pointer|failing tests?|pull request|refactor|codebase|def [a-z_]+\\(|#include|import [a-z]+\\n|console\\.log|public static)',
    ],
  ],
];

/** One pass over the text finds every class that occurs: the group that matched tells which. */
const COMBINED = new RegExp(PHRASES.map(([, phrases]) => `(${phrases.join('|')})`).join('|'), 'g');
const INDEX = PHRASES.map(([name]) => PATTERN_CLASSES.indexOf(name));
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
  if (best < INDEX.length) return INDEX[best]!;
  return input.tool_names?.some((name) => CODE_TOOLS.has(name.toLowerCase())) ? CODE_TASKS : OTHER;
}

/** The place in PHRASES of the strongest class that occurs, or PHRASES.length. */
function rankText(text: string | undefined): number {
  let best = PHRASES.length;
  if (!text) return best;
  const part = text.length > HEAD + FOOT ? `${text.slice(0, HEAD)}\n${text.slice(-FOOT)}` : text;
  const lower = part.toLowerCase();
  COMBINED.lastIndex = 0;
  for (let match = COMBINED.exec(lower); match && best > 0; match = COMBINED.exec(lower)) {
    for (let rank = 0; rank < best; rank++) if (match[rank + 1] !== undefined) best = rank;
  }
  return best;
}
