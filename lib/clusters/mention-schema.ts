/** "@name" in a comment. Pure. */
import type { PersonRef } from './schema';

/** The people whom a text names, in their order: "@Kofi Osei" is not "@Kofi". Two of one name are both meant. */
export function mentionedIn(body: string, people: readonly PersonRef[]): PersonRef[] {
  const folded = body.toLowerCase();
  const taken = new Array<boolean>(folded.length).fill(false);
  const named = new Set<string>();
  const names = [...new Set(people.map((person) => person.name.toLowerCase()))]
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length);
  for (const name of names) {
    for (let at = folded.indexOf(`@${name}`); at >= 0; at = folded.indexOf(`@${name}`, at + 1)) {
      const next = folded[at + name.length + 1] ?? ' ';
      if (taken[at] || /[\p{L}\p{N}_]/u.test(next)) continue;
      taken[at] = true;
      named.add(name);
    }
  }
  return people.filter((person) => named.has(person.name.toLowerCase()));
}
