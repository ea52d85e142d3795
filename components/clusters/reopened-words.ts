/** Why a decided cluster is open again, as lists say it. Pure. */
const WORDS: Record<string, string> = {
  person: 'by a person',
  regrowth: 'regrowth',
  merge: 'after a merge',
  mute_expired: 'its mute ran out',
  changed: 'changed since it was dismissed',
};

/** "by a person", "regrowth"; a cause nobody listed is its own name in words. */
export function reopenedWords(cause: string): string {
  return WORDS[cause] ?? cause.replaceAll('_', ' ');
}
