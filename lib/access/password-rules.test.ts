import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_LENGTH, passwordProblem } from './password-rules';

const ada = { email: 'ada.lovelace@engines.example', name: 'Ada Lovelace' };

describe('passwordProblem()', () => {
  it.each([
    'seven grey herons at dusk',
    'no figures no signs no capitals',
    'gänsefüßchen über dem fluss',
    '七つの灰色のサギが夕暮れに飛んで行く',
    'k7mw2-p4xqz-h3n8t-abcde',
    '                  x y z w q r s t',
  ])('takes %j', (password) => expect(passwordProblem(password, ada)).toBeNull());

  it.each([
    ['fourteen chars', 'characters'],
    ['😀'.repeat(14), 'characters'],
    ['x'.repeat(300), 'at most'],
    ['passwordpassword', 'tried first'],
    ['P@ssw0rd!!!!!!!!!', 'tried first'],
    ['Summer2026!!!!!!!!!!', 'tried first'],
    ['abcdefghijklmnopq', 'tried first'],
    ['mnbvcxzlkjhgfdsapoi', 'tried first'],
    ['abcabcabcabcabcabc', 'tried first'],
    ['aaaaaaaaaaaaaaaa', 'tried first'],
    ['ada.lovelace.engines', 'tried first'],
    ['WeirWeirWeirWeir1', 'tried first'],
    ['correct horse battery staple', 'tried first'],
  ])('refuses %j', (password, words) => expect(passwordProblem(password, ada)).toContain(words));

  it('asks nothing of the composition: any long random text of one kind of sign will do', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...'bcdfghjklmnpqrstvwxz'), { minLength: MIN_LENGTH, maxLength: 20 }),
        (letters) => passwordProblem(letters.join(''), ada) === null,
      ),
      { numRuns: 200 },
    );
  });
});
