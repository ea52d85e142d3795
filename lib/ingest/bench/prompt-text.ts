/** Prompts of some 400 characters: people's questions, instructions of their own, and templates with a topic. */
import type { Draw } from './write-world';

const TOPICS = (
  'river glass market engine winter paper signal garden harbour copper theory island muscle window travel budget ' +
  'orchard velvet planet lantern sailor contract thunder museum pocket festival shadow bridge castle meadow silver ' +
  'doctor village ocean carpet ticket branch helmet rocket saddle quarry falcon pepper marble cotton barrel candle'
).split(' ');
const CHAT = (
  'the a my of in on about we went with and but it was so then when she he they had been there from over under ' +
  'near old new very quite little big red cold late early maybe because after before some any house car friend'
).split(' ');
const INSTRUCTION = (
  'please explain write list compare describe answer translate summarize evaluate rate generate must should only ' +
  'always never include each step response question example reason format sentence following above below first ' +
  'second finally consider check verify based according criteria score output input text rules short detailed'
).split(' ');
const TEMPLATES = 500;

/** A JSON string. A third each: no template behind it, one of its own, one of TEMPLATES; some with line feeds. */
export function promptText(draw: Draw): string {
  const kind = draw();
  if (kind < 0.35) return filled(draw, () => sentence(draw, CHAT, 0.25));
  if (kind < 0.7) return filled(draw, () => sentence(draw, INSTRUCTION, 0.2));
  const template = Math.floor(draw() ** 2 * TEMPLATES);
  let word = template * 31;
  return filled(draw, () => {
    let text = '';
    for (let n = 0; n < 9; n++) {
      word = (word * 17 + 11) % 1_009;
      text += `${INSTRUCTION[word % INSTRUCTION.length]} `;
    }
    return `${text}${pick(draw, TOPICS)} ${Math.floor(draw() * 1e6)}. `;
  });
}

const pick = (draw: Draw, words: readonly string[]) => words[Math.floor(draw() * words.length)]!;

function sentence(draw: Draw, words: readonly string[], topics: number): string {
  let text = '';
  for (let n = 0; n < 11; n++) text += `${draw() < topics ? pick(draw, TOPICS) : pick(draw, words)} `;
  return `${text}${Math.floor(draw() * 1e5)}${draw() < 0.1 ? '.\\n' : '. '}`;
}

function filled(draw: Draw, next: () => string): string {
  let text = '';
  while (text.length < 370) text += next();
  return `"${text}${draw() < 0.02 ? 'naïve “quoted” words' : 'end'}"`;
}
