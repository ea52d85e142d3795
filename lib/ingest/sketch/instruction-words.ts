/**
 * The only words that a skeleton may keep: how people instruct a model, never what about. Articles, prepositions
 * and conjunctions are missing on purpose: noun phrases ("the history of the city and its walls") would leave
 * them behind, and variants of one template would fall apart. No word here tells anything about a person.
 */
const WORDS = `
i me my you your yours yourself we our us it its they them their this that these those who which what when where
why how whose here there
am is are was were be been being do does did don't not no never only always also then than if unless until while
because so therefore thus however otherwise instead rather even still already again once first second third next
last finally before after during each every all any both either neither none some several many most more less few
least other another same different such own
can can't cannot could may might must shall should will won't would need needs needed want wants wanted let let's
try tries please ensure make makes sure avoid include includes including exclude excluding except without within
according based given following follow follows followed below above provided provide provides providing
act acts acting behave pretend imagine assume assuming suppose consider considering considered role persona
expert experts professional assistant helpful teacher tutor student students judge grader evaluator reviewer analyst
engineer specialist scientist researcher writer editor interviewer agent model user users system developer
write writes writing written rewrite rewritten rephrase paraphrase restate reword draft compose create creates
creating created generate generates generated generating produce produces produced producing deliver delivers
develop design build construct give gives giving given show shows showing shown tell tells explain explains
explained explaining explanation explanations describe describes described describing description descriptions
summarize summarise summary summaries translate classify categorize extract identify identifies find finds list
lists listed listing name names enumerate compare comparing comparison contrast analyze analyse analyzing analysis
evaluate evaluates evaluating evaluation assess assesses assessing assessment score scores scoring scored rate
rating grade grades grading graded rank ranking judge judgement judgment review reviewing verify check checks
checking validate confirm justify justification justifications support supported supporting discuss discusses
solve solves solving solved answer answers answering answered ask asks asking asked respond responds responding
response responses reply replies replying return returns returned output outputs input inputs use uses used using
apply applies applied call calls calling called execute executes executed run runs running invoke
articulate elaborate derive derivation derivations prove proof infer inference conclude conclusion conclusions
think thinks thinking thought thoughts reason reasons reasoning reasoned internal intermediate complete completed
completion completions full entire whole final step steps stepwise detailed detail details thorough thoroughly
careful carefully clear clearly concise concisely brief briefly short long exact exactly precise strictly strict
correct correctly accurate accurately relevant specific specifically general explicit explicitly implicit
transparent transparently hidden original new similar better best worst good bad high low quality helpfulness
instruction instructions task tasks question questions problem problems prompt prompts request requests query
queries goal goals objective requirement requirements rule rules rubric rubrics criteria criterion standard
guideline guidelines policy policies example examples sample samples instance instances case cases scenario
scenarios context background information passage text paragraph paragraphs sentence sentences word words
essay article document content topic topics subject point points bullet key main idea ideas argument
arguments claim claims evidence assumption assumptions fact facts data dataset datasets insight insights finding
findings option options alternative alternatives choice choices possible likely
format formatted formatting json jsonl field fields tag tags section sections heading title table
markdown template templates structure structured line lines code function functions method tool tools api action
actions observation result results trajectory trajectories trace traces plan planning planned decision decisions
feedback reference integer number numbers number between scale maximum minimum least
version versions variant variants diverse variety varied synthetic training train fine-tuning instruction-following
pair pairs dialogue conversation conversations turn turns message messages comment comments mention mentioned
add adds added adding remove replace change changes changed keep keeps keeping preserve maintain limit state
stated stating start starts starting begin beginning end ends ending stop finish continue opening closing wait
understand understanding know knows knowledge learn lead leads led reach reached arrive choose chosen choosing
select selected pick prefer preferred preference sensitive neutral safe safely acceptable compliant restricted
prohibited violate harmful appropriate inappropriate suitable allowed
useful enabled access perform performs performed handle handles work works working look looking see read reading
take takes put set sets get gets help helps me present presents presented contain contains containing appear
valid single separate whether true false yes about like
fix fixes refactor implement implementation debug tests test error errors
`;

export const INSTRUCTION_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
