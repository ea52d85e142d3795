import { describe, expect, test } from 'vitest';
import { mentionedIn } from './mention-schema';

const people = ['Kofi', 'Kofi Osei', 'Ines Marek', 'Ines Marek', 'O’Neil (ops)', ''].map((name, id) => ({
  id,
  name,
}));
const named = (body: string) => mentionedIn(body, people).map((person) => person.id);

describe('mentionedIn', () => {
  test('finds whole names in any case; the longer one wins, and two of one name are both meant', () => {
    expect(named('@kofi osei, look at this')).toEqual([1]);
    expect(named('ask @Kofi.')).toEqual([0]);
    expect(named('@Kofi and @Kofi Osei')).toEqual([0, 1]);
    expect(named('@Ines Marek?')).toEqual([2, 3]);
    expect(named('x@O’Neil (ops)')).toEqual([4]);
  });

  test('finds nobody in part of a word, an address or a lonely sign', () => {
    expect(named('@Kofis, kofi@example.com, @ Kofi, @')).toEqual([]);
  });
});
