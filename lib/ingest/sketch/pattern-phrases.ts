/**
 * The phrases that tell a pattern, by class, in the order in which a class wins when several are found. Text is in
 * lower case. After each phrase stand words of which it needs at least one: where none occurs, it cannot match.
 */
import type { PatternClass } from '@/lib/records/pattern-classes';

export type Phrase = readonly [phrase: string, ...words: string[]];

const pairs = (first: string, second: string, between = ' ') =>
  first.split('|').flatMap((one) => second.split('|').map((other) => `${one}${between}${other}`));

const THINKING = [' reasoning', ' thought', ' thinking'];
const TRAINING = [
  'training example',
  'training sample',
  'training data',
  'samples for training',
  'sample for training',
];

export const PHRASES: readonly (readonly [PatternClass, readonly Phrase[]])[] = [
  [
    'rubric_grading',
    [
      ['scor(?:e|ing) rubric', 'rubric'],
      ['grading rubric', 'rubric'],
      ['rubric (?:below|above|provided|given|for (?:scoring|grading|evaluat))', 'rubric'],
      [
        '(?:according to|based on|against|using|with|apply|applying) (?:the|this) (?:[a-z-]{1,20} ){0,2}rubric',
        'rubric',
      ],
      [
        '(?:response|answer|completion)s? to (?:evaluate|be evaluated|grade|judge|score)',
        ...pairs('to', 'evaluate|be evaluated|grade|judge|score'),
      ],
      ['reference answer', 'reference answer'],
      [
        '(?:rate|score|grade|judge|evaluate|assess) (?:the|each|this|both) (?:[a-z-]{1,20} ){0,3}(?:response|answer|completion)s?\\b[^.\\n]{0,60}(?:scale|from \\d|\\d ?(?:-|to) ?\\d|out of|between \\d|score|integer)',
        ...pairs('rate|score|grade|judge|evaluate|assess', 'the|each|this|both'),
      ],
      ['impartial judge', 'impartial judge'],
      [
        '(?:which|decide which|choose the) (?:response|answer|completion|assistant)(?: is)? (?:better|preferred)',
        'better',
        'preferred',
      ],
      ['preference (?:label|judge?ment)s? (?:for|between)', 'preference label', 'preference judg'],
      ['assistant a\\b[^.\\n]{0,80}assistant b\\b', 'assistant b'],
    ],
  ],
  [
    'tool_use_harvest',
    [
      ['toolformer', 'toolformer'],
      [
        'tool[- ]?(?:use|call(?:ing)?|calls) (?:trajector|trace|transcript|demonstration|example)',
        ...pairs('use|call|calling|calls', 'trajector|trace|transcript|demonstration|example'),
      ],
      ['agent(?:ic)? (?:trajector|trace|rollout)', ...pairs('agent|agentic', 'trajector|trace|rollout')],
      [
        '(?:full|complete|entire) (?:trajectory|sequence of tool calls)',
        'trajectory',
        'sequence of tool calls',
      ],
      ['useful for when you need to [^\\n]{0,200}\\n', 'useful for when you need to'],
      [
        'input should be (?:a |an )?(?:valid |natural |search |fully |json|single |string|python|question)',
        'input should be',
      ],
      ['thought:[^\\n]{0,200}\\n ?action:', 'thought:'],
      ['action input:', 'action input:'],
      ['(?:available|following) (?:tools|functions|apis):\\n', 'tools:\n', 'functions:\n', 'apis:\n'],
      [
        'you (?:have access to|can (?:use|call)|are given) (?:the |these |this )?(?:following )?(?:set of )?(?:tools|functions|apis)\\b',
        ...pairs('you', 'have access to|can use|can call|are given'),
      ],
      ['<tool_call>', '<tool_call>'],
      ['function[- ]call(?:ing)? (?:example|dataset|sample|trajector)', 'function call', 'function-call'],
      ['record every tool call', 'record every tool call'],
      ['emit (?:each|every|the) tool call', ...pairs('emit', 'each|every|the')],
    ],
  ],
  [
    'safe_rewrite',
    [
      [
        '(?:rewrite|rephrase|restate|paraphrase|reword)\\b[^.\\n]{0,120}(?:politically|sensitiv|censor|neutral stance|safe (?:answer|response|alternative|version)|compliant|complies with|content polic|acceptable (?:to|under))',
        ...[
          'politically',
          'sensitiv',
          'censor',
          'neutral stance',
          'compliant',
          'complies with',
          'content polic',
        ],
        ...pairs('safe', 'answer|response|alternative|version'),
        ...pairs('acceptable', 'to|under'),
      ],
      [
        '(?:politically sensitive|sensitive political|censored|censorship)\\b[^.\\n]{0,100}(?:rewrite|alternative|safe|deflect|avoid|version|answer)',
        'sensitiv',
        'censor',
      ],
      ['censorship-safe', 'censor'],
      ['safe alternative (?:to|for) (?:the|each|this) (?:question|query|prompt|request)', 'safe alternative'],
      ['policy-compliant (?:version|answer|alternative|reply)', 'compliant'],
      ['steer (?:the conversation|it|the answer) away from', ...pairs('steer', 'the|it')],
    ],
  ],
  [
    'reasoning_elicitation',
    [
      ['internal reasoning', ...THINKING],
      [
        'reasoning (?:behind|that led to|trace|process|chain|steps)\\b',
        ...pairs('reasoning', 'behind|that led to|trace|process|chain|steps'),
      ],
      ['(?:chain|train)[- ]of[- ]thought', 'of thought', 'of-thought'],
      [
        '(?:complete|full|entire|transparent|detailed|explicit)(?: and [a-z]{1,16})? (?:reasoning|thought process|thinking|derivation)',
        ...THINKING,
        ' derivation',
      ],
      [
        '(?:show|write out|spell out|articulate|reveal|expose|verbali[sz]e|narrate|include) (?:me )?(?:all |every |each |the |your |its )?(?:(?:step|intermediate step)s? of (?:your|the) )?(?:complete |full |entire |own |inner |internal |intermediate )?(?:reasoning|thought process|thinking|thoughts|deliberation|inference)',
        ...THINKING,
        ' deliberation',
        ' inference',
      ],
      [
        '(?:think|reason|work through (?:it|this|the problem)) step[- ]by[- ]step\\b[^\\n]{0,160}(?:reason|think|thought|before|show|explain)',
        ' step by',
        ' step-by',
      ],
      ['step[- ]by[- ]step reasoning', 'step reasoning'],
      ['<think(?:ing)?>', '<think'],
    ],
  ],
  [
    'synthetic_data',
    [
      [
        '(?:generate|create|write|produce|come up with|compose|synthesi[sz]e) (?:a (?:set|list|batch|dataset) of )?(?:\\d+|ten|twenty|fifty|hundred|diverse|several|new|synthetic)\\b[^.\\n]{0,60}(?:instruction|training (?:example|sample|data)|question[- ](?:and[- ])?answer|q&a pair|qa pair|prompt-|instruction-|dialogue sample|few-shot|labell?ed example|samples? for training)',
        ...TRAINING,
        ...[
          'instruction',
          'question answer',
          'question-answer',
          'question and',
          'question-and',
          'q&a pair',
          'qa pair',
        ],
        ...['prompt-', 'dialogue sample', 'few-shot', 'labelled example', 'labeled example'],
      ],
      [
        'synthetic (?:data|dataset|example|dialogue|conversation|sample|training)',
        ...pairs('synthetic', 'data|example|dialogue|conversation|sample|training'),
      ],
      [
        '(?:training|fine-?tuning|sft|instruction-tuning) (?:data|dataset|corpus|set|pairs?|example|sample)s?\\b[^.\\n]{0,80}(?:json|jsonl|format|model|instruction|generate|produce)',
        ...pairs('training|tuning|sft', 'data|corpus|set|pair|example|sample'),
      ],
      ['instruction[- ](?:response|output|following) (?:pair|example|dataset)', 'instruction'],
      ['(?:input|instruction)[^.\\n]{0,20}(?:and|,) output[^.\\n]{0,20} fields', 'and output', ', output'],
      ['rewrite the given prompt into a more complex', 'rewrite the given prompt'],
      ['evolve the (?:instruction|prompt)', 'evolve the'],
    ],
  ],
  [
    'code_tasks',
    [
      ['```', '```'],
      [
        '\\b(?:write|implement|create|make|build|code|give me|develop|complete|generate|fix|refactor|debug|optimi[sz]e|convert|add|design)\\b[^.\\n]{0,70}\\b(?:function|script|program|class|method|algorithm|code|query|regex|api|endpoint|component|unit tests?|python|javascript|typescript|java|c\\+\\+|rust|golang|sql|bash|html|css|react|kotlin|swift|php|scheme|excel|vba)\\b',
        ...'function|script|program|class|method|algorithm|code|query|regex|api|endpoint|component|unit test'.split(
          '|',
        ),
        ...'python|java|c++|rust|golang|sql|bash|html|css|react|kotlin|swift|php|scheme|excel|vba'.split('|'),
      ],
      [
        '\\b(?:python|javascript|typescript|c\\+\\+|rust|kotlin|bash|sql|php) (?:function|script|code|program|class|library|query)\\b',
        ...pairs(
          'python|script|c++|rust|kotlin|bash|sql|php',
          'function|script|code|program|class|library|query',
        ),
      ],
      [
        '\\b(?:stack ?trace|compile error|syntax ?error|typeerror|segfault|null pointer|failing tests?|pull request|refactor|codebase|def [a-z_]+\\(|#include|import [a-z]+\\n|console\\.log|public static)',
        ...'stack trace|stacktrace|compile error|syntax error|syntaxerror|typeerror|segfault|null pointer'.split(
          '|',
        ),
        ...'failing test|pull request|refactor|codebase|def |#include|import |console.log|public static'.split(
          '|',
        ),
      ],
    ],
  ],
];
