import { describe, expect, it } from 'vitest';
import { AUDIT_VERBS } from './schema';
import { verbLabel, verbWords } from './verb-words';

describe('a verb in words', () => {
  it.each(AUDIT_VERBS)('%s has some', (verb) => {
    expect(verbWords(verb)).toMatch(/^[a-z][a-z ]+(: [a-z ]+)?$/);
    expect(verbLabel(verb)).toMatch(/^[A-Z][a-z ]+(: [a-z ]+)?$/);
  });

  it('says who did what to what', () => {
    expect(verbWords('cluster.confirm')).toBe('confirmed the cluster');
    expect(verbLabel('user.sign_in')).toBe('Signed in');
  });

  it('spells out a verb that came later', () => {
    expect(verbWords('account.never_ban')).toBe('account: never ban');
    expect(verbLabel('valve.on')).toBe('Valve: on');
    expect(verbWords('constructor')).toBe('constructor');
    expect(verbWords('')).toBe('');
  });
});
