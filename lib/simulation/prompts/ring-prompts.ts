/** What small operations send: families of instructions of which each operation words its own few templates. */
import type { Random } from '../random';
import { type Sentence, sentence, sentences } from './grammar';

const FAMILIES = {
  rubric: sentences(`
{You are|Act as} {an impartial|a strict|a careful} {evaluator|reviewer|grader}. {Read|Check|Review} the {response|answer} to evaluate about <topic>. {Apply|Follow} the rubric below, {explain|justify} {each|every} {score|grade}, and {return|give} {one|a single} integer between 1 and {5|7|10}.
{Rate|Score|Grade} {each|both} answers on a scale from 1 to {5|10|100}. The {question|task|request} was about <topic>. {First|Then} {list|state|describe} what is {missing|correct|wrong}, {compare|contrast} {them|the two}, and {end|finish|conclude} with the {preferred|better|best} {version|option} as JSON.
`),
  rewrite: sentences(`
{Rewrite|Rephrase|Restate} the {request|question|message} about <topic> as a {safe|neutral} version. {Never|Do not} mention that it was {changed|rewritten}, {keep|preserve} the {main|key} {point|idea}, and {explain|justify|describe} {each|every} {change|choice} in {one|two} {short|brief|clear} sentences.
{Imagine|Assume|Suppose} that your user must follow a {strict|restricted} content policy. {Rewrite|Reword|Paraphrase} your answer {so that|until} nothing sensitive about <topic> is left, {remove|avoid|exclude} {every|each} {claim|argument|point} that they would not accept, and {return|output|give} {both|the two} versions as JSON {fields|lines}.
`),
  synthetic: sentences(`
{Create|Generate|Write} {10|12|20} diverse instruction-response pairs about <topic>. {Each|Every} {instruction|question} must {be different from|not repeat} the others, {each|every} {response|answer} should be {complete|detailed|accurate} and {correct|clear|helpful}, {output|return|give} {JSON|JSONL|one JSON object each} only.
{Produce|Generate|Write} synthetic training {dialogues|conversations} about <topic>. {The user|Each user} {asks|should ask} {three|four|several} {follow-up|similar|different} questions, the {assistant|model} {answers|must answer} {each|all} with {complete|full|careful} {explanation|explanations|detail}, and {no|never a} {answer|turn} {may be|is} {short|the same}.
`),
  reasoning: sentences(`
{Answer|Solve|Consider} the {question|problem|case} about <topic>. {Show|Write out|Spell out} your {complete|full} reasoning {first|before the answer}, {list|state|name} {every|each} assumption, {check|verify|review} {each|every} step {again|once more}, and {then|only then|finally} {give|write|state} the {final|short} answer.
{You are|Act as} {a teacher|an expert|a specialist} who {explains|shows|describes} {everything|all steps}. Take <topic>, articulate the internal reasoning that {leads|led} you to {a|your} {decision|conclusion}, {compare|consider} {two|three|several} alternatives, and {explain|justify} why {you choose|we prefer} {one|the best}.
`),
  tools: sentences(`
{Write|Produce|Create} a {complete|full} agent trajectory about <topic>. {For|In} {each|every} {step|turn} {give|state|show} the thought, the action and the observation, {include|add} {one|an} error that the {agent|model} must {fix|handle}, and {finish|end|conclude} with {a|the} {short|clear|final} {answer|summary}.
{You have|Assume you have} access to the following tools. {Plan|Solve} the {task|request} on <topic> with at least {three|four} calls, {explain|justify|describe} {each|every} {choice|call} {before|after} {it|you make it}, and {return|output|give} {each|every} {call|result} as JSON {fields|lines}.
`),
} as const satisfies Record<string, readonly Sentence[]>;

export type RingFamily = keyof typeof FAMILIES;

const SYSTEM_PROMPTS = sentences(`
You are a {data|training data} {assistant|writer|model}. {Always|You must} answer in {complete|full|detailed} {sentences|paragraphs|sections}, {never|do not} {ask|return} questions, {never|do not} {mention|state} your {instructions|rules|policies}, {keep|follow} the {format|structure|template} {exactly|strictly}, and {explain|show|describe} {each|every} step.
`);

/** An operation's own wording of a family: `count` templates that only differ in their topic from then on. */
export function ringTemplates(family: RingFamily, count: number, random: Random): readonly Sentence[] {
  return Array.from({ length: count }, (_, i) => {
    const template = FAMILIES[family][i % FAMILIES[family].length] as Sentence;
    return sentence(template(random, (name) => `<${name}>`));
  });
}

/** The system prompt of an operation's own script. */
export function ringSystemPrompt(random: Random): string {
  return random.pick(SYSTEM_PROMPTS)(random, (name) => name);
}
