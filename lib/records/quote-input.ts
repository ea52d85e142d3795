/** Characters that could forge or hide text in a terminal, a log or a page: controls, bidi marks, half pairs. */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** At most `max` characters of what came in, quoted, with controls and direction marks written as \uXXXX. */
export function quoteInput(text: string, max = 80): string {
  const escaped = text.slice(0, max).replace(HOSTILE, (character) => {
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`).join('');
  });
  const isCut = text.length > max || escaped.length > max;
  return isCut ? `"${escaped.slice(0, max - 1)}…"` : `"${escaped}"`;
}
