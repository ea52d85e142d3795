/** How a task list words its tasks when nobody is to see that it is one: many plain forms, of which some tell. */
import type { Random } from '../random';
import { type Sentence, sentence, sentences } from './grammar';

/** Self-instruct manner: no phrase of them tells what they are for. */
const PLAIN = sentences(`
{Write|Draft|Compose} {a detailed|a complete|an in-depth} {essay|report|article|briefing} on <topic>. {Cover|Include|Describe} {causes|history|the main points}, {two|three|several} examples and {what|how} {may|could|should} change, {in|with} {about|at least} {400|600|800} words.
{Explain|Describe} <topic> {to|for} {a new colleague|a student|a manager}. {Begin|Start} with {the basics|a definition|an example}, {then|after that} {compare|contrast} {two|three} {cases|views}, and {end|finish} with {a short|one} {summary|recommendation}.
{Given|Considering} <topic>, {propose|suggest|list} {five|six|eight} {different|distinct} {questions|problems} {that|which} {an expert|a specialist} {would|might} {ask|raise}, and {answer|solve} {each|all} of them {in|with} {two|three} {sentences|paragraphs}.
{What|Which} {would|could|should} {happen|follow|change} if <topic> {were|was} {twice|half} {as|so} {large|important}? {Give|State} {your|an} answer {first|at once}, {then|and then} {support|defend} it with {facts|figures} {and|but} {also|always} {mention|name} {the|one} {strongest|best} objection.
{Create|Make|Design} {a table|an outline|a checklist} {for|about} <topic> {with|of} {at least|no fewer than} {eight|ten|twelve} {rows|items|points}, {each|all} with {a reason|an explanation}, {and|then} {mark|say} {which|what} {matters|counts} {most|least}.
{Turn|Convert} {the|this} {subject|matter} of <topic> into {a dialogue|an interview|a story} {between|of} {two|three} people who {disagree|do not agree}, {so that|until} {each|every} {side|view} {is|has been} {heard|explained} {fully|well}.
`);

/** The same with a request for the reasoning in it. */
const OVERT = sentences(`
{Consider|Take} {a|one} {hard|difficult} question about <topic> {and|then} {solve|answer} it. {Show|Write out} your {complete|full} reasoning {before|and only then} {the|your} {final|short} answer, {with|and} {each|every} {step|assumption} {named|numbered}.
{Work|Go} through <topic> step by step and {show|explain} {all|every one of} your intermediate {steps|conclusions|thoughts}, {then|and} {end|close} with {a|one} {decision|result} that {follows|comes} from {them|these}.
`);

/** A list's own forms, `overt` of them (a share) overt; each differs in its topic alone from then on. */
export function taskForms(count: number, overt: number, random: Random): readonly Sentence[] {
  return Array.from({ length: count }, (_, i) => {
    const pool = i < Math.round(count * overt) ? OVERT : PLAIN;
    const form = random.pick(pool);
    return sentence(form(random, (name) => `<${name}>`));
  });
}

const ASIDES = sentences(`
{It is|This is|I need it} for {a talk|a class|my notes|work|a friend|the archive}, {so|and} {keep|make} it {plain|exact|long|short|careful|calm}{ if you can| please|}.
{I|We} {already|only} {know|read|heard} {a bit|a lot|nothing much} {about|of} {it|that|this}{ last year| in school| from my brother| at work|}.
{Skip|Avoid|Leave out} {the|any} {jargon|introduction|history|numbers|jokes}, {I|we} {can|will} {ask|add} {later|again|for it}.
{Two|Three|Four} {parts|sections|pages} {would|will} {do|be fine|be enough}{, not more|, maybe less|}.
{Someone|A teacher|My editor|A reader} {will|might} {check|read|print} {it|this} {on Monday|soon|today|at noon}.
`);
const OPENERS = sentences(`
{Hi|Hello|Good morning|Hey|}{,| there,|} {I|we} {wonder|was asked|are curious|have to write} about <topic>{ again| today| for once|}.
<topic>: {what|how much|which part} {should|could|must} {one|I|a beginner} {know|learn|remember}{ first| at least|}?
{Could|Can|Would|Will} you {look at|go into|tell me about|work on} <topic>{ for me| with me| now|}?
{My|Our} {topic|question|chapter} is <topic>{ and I am stuck| this time|, more or less|}.
`);

/** One task in words that no other task has: its own order of its own sentences. */
export function unlikeAnyOther(topic: string, random: Random): string {
  const parts = [random.pick(OPENERS), ...random.shuffle([...ASIDES]).slice(0, 2 + random.int(3))];
  return random
    .shuffle(parts)
    .map((each) => each(random, () => topic))
    .join(' ');
}
