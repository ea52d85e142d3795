/** A small template language: `{a|b|}` picks one (nesting allowed), `<name>` asks for a word of that name. */
import type { Random } from '../random';

export type Words = (name: string) => string;
type Part = string | { choices: readonly (readonly Part[])[] } | { word: string };

/** A compiled template: fills itself with choices and words. */
export type Sentence = (random: Random, words: Words) => string;

/** @throws Error when braces do not match. */
export function sentence(template: string): Sentence {
  const parts = parse(template);
  return (random, words) =>
    render(parts, random, words)
      .replace(/ {2,}/g, ' ')
      .replace(/ (?=[.,?!])/g, '')
      .trim();
}

/** One template a line. */
export function sentences(templates: string): readonly Sentence[] {
  return templates.trim().split('\n').map(sentence);
}

function parse(template: string): Part[] {
  const outer: Part[] = [];
  const open: { choices: Part[][] }[] = [];
  for (const piece of template.match(/[{}|]|<[a-z-]+>|[^{}|<>]+/g) ?? []) {
    const innermost = open.at(-1);
    const target = innermost?.choices.at(-1) ?? outer;
    if (piece === '{') {
      const choice = { choices: [[]] };
      target.push(choice);
      open.push(choice);
    } else if (piece === '}') {
      if (!open.pop()) throw new Error(`a brace too many: ${template}`);
    } else if (piece === '|' && innermost) innermost.choices.push([]);
    else target.push(piece.startsWith('<') ? { word: piece.slice(1, -1) } : piece);
  }
  if (open.length > 0) throw new Error(`a brace is left open: ${template}`);
  return outer;
}

function render(parts: readonly Part[], random: Random, words: Words): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else if ('word' in part) text += words(part.word);
    else text += render(random.pick(part.choices), random, words);
  }
  return text;
}
