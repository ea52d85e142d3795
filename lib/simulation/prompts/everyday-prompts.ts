/** What ordinary people type: mostly short, and when long then never twice in the same words. */
import type { Random } from '../random';
import { EVERYDAY_WORDS } from './everyday-words';
import { type Sentence, sentences, type Words } from './grammar';

const SHORT = sentences(`
{how do i|how can i|best way to} {fix|plan|sort out|start with|get better at|stop worrying about} <thing>
what's {a good|the cheapest|a fair} {price|gift|excuse|title} for <thing>{?||??}
{is it normal|is it weird|is it safe} to {skip|postpone|talk about} <thing> {in <place>|when you're <feeling>|}?
<thing> in <place>, {any tips|where to begin|worth it}?
{write|draft|make} a {funny|short|polite|warm} <kind> {about|for} <thing>
{ideas|names|slogans} for <thing>
{translate|say} "see you <day>" in {Dutch|Polish|Swahili|Korean}
{difference|link} between <thing> and <thing>
{i'm <feeling> about|help with|thoughts on} <thing>
{what happened|anything fun} in <place> {in 19<number>|last summer|on <day>}?
{how many|how much} {hours|euros|litres} for <thing>{ with <number> people|}
{why does|why did} <person> {hate|love|ignore} <thing>?
`);

/** Now and then honest people ask for what campaigns ask for: thresholds must be learned among them. */
const OCCASIONAL = sentences(`
{think|go} step by step and show your {full |}reasoning: {how many litres|what is} <number>% of <number>{ for <thing>|}?
{rate|grade} {this|my} answer on a scale from 1 to <number>: "<thing> is {fine|hard|overrated}"
{make|generate} <number> question-answer pairs about <thing> for {my flashcards|a pub quiz}
rephrase my post about <thing> so it's {less politically charged|compliant with the forum rules}
{solve|check} this and {show|explain} all your intermediate {steps|reasoning}: <number>x + <number> = <number>
`);

const ASKS = sentences(`
{Can|Could|Would} you {help me write|draft|give me|write} {a|one more|another} <kind> {about|for|on} <thing>{?| please?| today?}
{I need|I want|I have} to {explain|present|describe|compare} <thing> {to|with} <person>{, and I don't know how| and I {never} did this before|}.
{Please|} {make|create|build|write} {me|us} a <kind> {that|which} {covers|mentions|includes} <thing> and {nothing else|a bit more}.
{What|Which} {would you do|is best|should I choose} {if|when} <person> {asks|wants|needs} <thing>{ again| first| instead|}?
{Tell|Show} {me|us} how {I|we|you|they} {could|should|would|can} {start|finish|plan|keep} <thing> {before|after|until} <day>.
{Find|List|Give me} <number> {reasons|options|ideas|questions} {for|about|against} <thing> {that|which} {are not|aren't always} {boring|obvious|expensive}.
{How long|How often|How much} {should|would|do} {I|we|they} {keep|use|need|try} <thing> {if|while|when} {I am|we are} <feeling>?
{Rewrite|Check|Review|Fix} {this|the following|my} <kind> {for|about} <thing>{, it is {too long|not clear|not good}|}.
{Explain|Describe} <thing> {to me|} {like|as if} I {was|am} {five|a beginner|<feeling>}{ but keep it {short|true}|}.
{Is there|Do you know} {any|some|a better} {rule|way|example|reason} {for|behind} <thing> {that|which} {works|helps} {in <place>|for me|for us}?
`);

const CONTEXTS = sentences(`
{I'm|We're|I am} {in|from|moving to} <place> and {rather|quite|always} <feeling>.
{My|Our} {last|first|second} {attempt|try|plan} with <thing> {did not work|was too short|took <number> weeks}{ because it rained|}.
<person> {said|thinks|told me} {that|} {I should not|we could|it must|they will} {use|try|mention|keep} <thing>.
{It|This|That} is for <person>, {who|they} {never|always|only} {read|ask|answer|use} {long|short|such} things.
{I have|We have} about <number> {days|people|euros|pages} {and|but} {no|some|not enough} {time|money|space}{ left|}.
{So far|Until now} {I|we} {only} {know|have|did|tried} <number> {things|steps|pages}, {which|that} {is not|isn't} {enough|good}.
{There|Here} {is|are} {already|still} <thing> {and|or} <thing> {to|we} {think about|handle|change}.
{Before|After} <day> {I|we|they} {can't|cannot|won't} {do|change|use} {anything|it}{ any more| at all|}.
{Somebody|Someone} in <place> {had|did} the same {thing|problem|idea} {and|but} {it was|they were} {better|worse|different}.
`);

const WISHES = sentences(`
{Keep|Make|Write} it {short|polite|friendly|simple}{, {under|about} <number> {words|lines}|}{ and {not too|rather} {formal|sweet|dry}|}.
{Don't|Do not|Never|Please don't} {mention|use|include|repeat} {prices|jokes|<place>|<thing>}{ more than once| at all| again|}.
{Also|Then|Maybe also|And} {add|list|explain|include} {what|how|where|when} {I|we|they} {can|should|could} {buy|find|change|cook} {it|them|that}.
{If|When|Unless} {you|we} {need|want} {more|another|other} {details|numbers|options}, {ask|tell} {me|us} {first|before}.
{Use|Give|Show} {some|a few|<number>|both} {examples|options|versions} {so that|because} {I|we|they} can {choose|compare|see}.
{It|That|This} {must|should|has to|may} {be|look|sound|end} {like me|<feeling>|in English|by <day>}{, not like {a robot|an ad}|}.
{I|We} {already} {know|tried|read} {about|how|why} <thing>, {so|and} {start|begin|continue} {after|without} that.
{No|Not} {lists|headings|bullet points|long words}{, please|}, {just|only} {text|one paragraph|plain words}{ that I can {read|send}|}.
{What|How} {else|many} {would|could|should} {I|we} {ask|check|take|do} {then|there|next}?
{Tell|Let} me {know|see} {which|what|whether} {part|option|step} {you think|would be|could be} {best|wrong|hard|new}.
`);

const FILLERS = [
  '',
  '',
  '',
  'Thanks!',
  'Also: ',
  'Hm. ',
  'Anyway, ',
  'Right, ',
  'OK so ',
  'By the way, ',
  'Honestly, ',
];

const FOLLOW_UPS = sentences(`
{shorter|longer|funnier|less formal}{ please| pls|}
{and|but} {why|how|when} {exactly|though}?
{can you|could you} {redo|change} the {first|second|last} {part|bit|line}
{thanks|great|perfect}{, {one more thing|that works}|}{: what about <thing>?|}
{what if|and if} it's {<day>|<number> people|in <place>} {instead|}?
{not quite|hm no|almost}, {i meant|i said} <thing>
{give|show} me {another|<number> more}
{does that|would this} {work|apply} {in <place>|for <person>} too?
ok {and|now} the {same|rest} for <thing>
`);

const CODING = sentences(`
{fix|debug|look at} the <file> test, it <trouble>
why does <file>.{ts|py|go|rs} {crash|throw|return null} when the {list is empty|input is huge|user logs out}?
{add|write} {a unit test|types|docs|logging} for the <file> module
{rename|move|split|inline} <file>Helper {and update imports|into two files|everywhere}
{write|give me} a <language> {function|script|query} that {merges|filters|parses|counts} <file> rows
{convert|port} this <file> code {to|into} <language>
the <file> service <trouble>, {where would you start|see the log|any idea}?
{upgrade|remove|pin} the <file> dependency {and run the tests|}
{speed up|simplify|refactor} the <file> loop, it <trouble>
{explain|review} my <language> diff in <file> {before i push|, it <trouble>}
`);

const ASSIGNED = sentences(`
{Prove|Show} that the {sum|product|limit} of {two|three} such {series|functions|matrices} {exists|is bounded}, and {give|find} an example where it {is not|fails}.
{Compare|Discuss} the {two|three} {models|authors|methods} from the lecture {with respect to|in terms of} {cost|bias|growth}, and {state|name} which {you prefer|fits the data}.
{Compute|Estimate} the {mean|rate|probability} for the {table|sample|circuit} in chapter <number> and {interpret|comment on} the {result|error}.
{Implement|Sketch} the {algorithm|procedure} of section <number> and {describe|measure} how it {scales|behaves} for {large|random|sorted} inputs.
`);

function words(random: Random): Words {
  return (name) => random.pick(EVERYDAY_WORDS[name] ?? [name]);
}

const say = (pool: readonly Sentence[], random: Random) => random.pick(pool)(random, words(random));

/** A first message about anything: two of three times one line, else some sentences in the typist's own order. */
export function everydayPrompt(random: Random): string {
  if (random.chance(0.02)) return say(OCCASIONAL, random);
  if (random.chance(0.66)) return say(SHORT, random);
  const parts = [say(ASKS, random), say(CONTEXTS, random), say(WISHES, random)];
  if (random.chance(0.6)) parts.push(say(WISHES, random));
  if (random.chance(0.4)) parts.push(say(CONTEXTS, random));
  return `${random.pick(FILLERS)}${random.shuffle(parts).join(random.chance(0.2) ? '\n' : ' ')}`;
}

/** A later message of the same conversation. */
export function followUp(random: Random): string {
  return say(FOLLOW_UPS, random);
}

/** What someone asks a coding agent. */
export function codingPrompt(random: Random): string {
  const first = say(CODING, random);
  return random.chance(0.25) ? `${first}. ${say(CODING, random)}` : first;
}

/** The prompt of someone's own small automation: fixed words of their own around changing material. */
export function automationTemplate(random: Random): (random: Random) => string {
  const fixed = [say(ASKS, random), say(WISHES, random), say(WISHES, random)].join(' ');
  return (each) => `${fixed}\n\n"${say(CONTEXTS, each)}"`;
}

/** What a lecturer hands out and a whole year pastes. */
export function assignmentText(number: number, random: Random): string {
  const tasks = Array.from({ length: 3 }, (_, i) => `(${'abc'[i]}) ${say(ASSIGNED, random)}`).join(' ');
  return `Problem set ${number}, due in one week. ${tasks} Show your work and hand in no more than three pages.`;
}
