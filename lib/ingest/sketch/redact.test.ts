import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { redactExemplar } from './redact';
import { hasRealPrompts, readRealPrompts, whyNot } from './testing/real-prompts';

/** Joined here, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('');

describe('what must go', () => {
  test.each([
    ['write to maria.lopez+x@mail.example.org today', 'write to [e-mail] today'],
    ['an „jürgen@müller-söhne.example.de“ senden', 'an „[e-mail]“ senden'],
    ['maria.lopez [at] example [dot] org', '[e-mail]'],
    ['maria.lopez(at)example.org please', '[e-mail] please'],
    ['see https://example.com/u/4711?token=abc for it', 'see [link] for it'],
    ['DATABASE_URL=postgres://app:hunter2@db.internal:5432/x now', 'DATABASE_URL=[link] now'],
    ['git clone git@github.com:maria/notes.git', 'git clone [e-mail]:maria/notes.git'],
    ['call +44 20 7946 0958 or (030) 901820', 'call [phone] or [phone]'],
    ['my number is +1 (555) 012-3456.', 'my number is [phone].'],
    ['ring 555-012-3456 or 07700 900123', 'ring [phone] or [phone]'],
    ['06 12 34 56 78 le soir', '[phone] le soir'],
    ['whatsapp: 98765 43210', 'whatsapp: [phone]'],
    ['phone 5550123456', 'phone [phone]'],
    ['0171/1234567 abends', '[phone] abends'],
    ['card 4111 1111 1111 1111 expires', 'card [card] expires'],
    ['card 4111-1111-1111-1111, 378282246310005', 'card [card], [card]'],
    ['IBAN DE89 3704 0044 0532 0130 00 bitte', 'IBAN [iban] bitte'],
    ['to gb82west12345698765432 now', 'to [iban] now'],
    ['SSN 078-05-1120', 'SSN [number]'],
    ['host 203.0.113.7 and 2001:db8:0:1:2::7', 'host [address] and [address]'],
    ['from 203.0.113.7:8443, fe80::1ff:fe23:4567:890a', 'from [address]:8443, [address]'],
    ['mac 00:1b:44:11:3a:b7', 'mac [address]'],
    ['request 123e4567-e89b-12d3-a456-426614174000 failed', 'request [id] failed'],
    ['ask @maria_l about it', 'ask [handle] about it'],
    ['password: hunter2!', 'password: [key]'],
    ['"password": "correct horse"', '"password": [key]'],
    ["api_key = 'whatever it is'", 'api_key = [key]'],
    ['the password is Tr0ub4dor&3 ok', 'the password is [key] ok'],
    ['with basic dXNlcjpwYXNz1234 in it', 'with [key] in it'],
    ['Authorization: Bearer abc123def456ghi', 'Authorization: [key]'],
  ])('%s → %s', (text, expected) => {
    expect(redactExemplar(text)).toBe(expected);
  });

  test.each([
    ['OpenAI', join('sk-', 'proj-abcdefghijklmnop1234')],
    ['Anthropic', join('sk-', 'ant-api03-AbC123dEf456GhI789_jkl-MnO')],
    ['Stripe', join('sk_', 'live_51HxYz2eZvKYlo2C0aBcDeFgH')],
    ['AWS key id', join('AKIA', 'IOSFODNN7EXAMPLE')],
    ['AWS secret', join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY')],
    ['GitHub', join('ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789')],
    ['GitHub, fine-grained', join('github_', 'pat_11ABCDEFG0abcdefghijkl_mnopqrstuv')],
    ['GitLab', join('glpat-', 'ABCdef123456_-7890xy')],
    ['Slack', join('xoxb-', '123456789012-1234567890123-abcdefghijklmnopqrstuvwx')],
    ['Google', join('AIza', 'SyA-1234567890abcdefghijklmnopqrstu')],
    ['Hugging Face', join('hf_', 'AbCdEfGhIjKlMnOpQrStUvWxYz')],
    ['npm', join('npm_', 'abcdefghijklmnopqrstuvwxyz0123456789')],
    ['SendGrid', join('SG.', 'ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf-09kqeF8tAmbihYzrnopKc-1s5cr')],
    ['Telegram', join('110201543:', 'AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw')],
    ['JWT', join('eyJ', 'hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N')],
    ['hex', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b'],
    ['wallet', '0x52908400098527886E0F7030069857D2E4169EE7'],
    ['base64', 'dGhpcyBpcyBhIFNlY3JldCBrZXkgMTIz'],
    ['base36', 'k3j9x7q2m5n8b4v6c1z0p9w8'],
    ['PEM', '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----'],
  ])('a key of %s, wherever it stands', (_, key) => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'use ', 'it is "', 'KEY=', '(', 'x: ', '\n', 'and, '),
        fc.constantFrom('', ' please', '"', ')', '.', ', then', '\n'),
        (before, after) => {
          const redacted = redactExemplar(before + key + after);
          for (let from = 0; from + 10 <= key.length; from++) {
            if (/[-BEGINDRSAPVTKY ]{10}/.test(key.slice(from, from + 10))) continue;
            expect(redacted).not.toContain(key.slice(from, from + 10));
          }
        },
      ),
    );
  });

  it('any e-mail address, card, IBAN, address or international phone number within other words', () => {
    fc.assert(
      fc.property(
        fc.oneof(emails, cards, ibans, fc.ipV4().filter(isPublic), phones),
        fc.lorem({ maxCount: 12 }),
        (secret, words) => {
          const redacted = redactExemplar(`${words} ${secret} ${words}`);
          expect(redacted).not.toContain(secret);
          expect(redacted).toMatch(/\[(e-mail|card|iban|address|phone|number|key)\]/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('random keys of 32 characters, in nearly every case', () => {
    const keys = fc.sample(fc.array(fc.constantFrom(...BASE62), { minLength: 32, maxLength: 32 }), {
      numRuns: 2_000,
      seed: 7,
    });
    const left = keys
      .map((key) => key.join(''))
      .filter((key) => redactExemplar(`use ${key} now`).includes(key));
    expect(left.length).toBeLessThan(20);
  });

  it('a secret that a cut would leave half', () => {
    expect(redactExemplar(`${'a '.repeat(298)}sk-${'b'.repeat(40)}`)).not.toContain('bbb');
    const atTheEdge = `-----BEGIN PRIVATE KEY-----${'A'.repeat(3_000)}-----END PRIVATE KEY-----`;
    const edge = `${atTheEdge}${' '.repeat(4_000 - atTheEdge.length - 8)}maria.lo`;
    expect(redactExemplar(`${edge}pez@example.org`)).not.toContain('maria');
  });
});

describe('what must stay readable', () => {
  test.each([
    'in 2024 we sold 1500 units at 12.50 each, 37 % more',
    'Compute 2432902008176640000 / 355687428096000 exactly.',
    'pi is 3.14159265358979323846 and e is 2.718281828459045',
    'the matrix [[1, 2, 3], [4, 5, 6], [7, 8, 9]] has rank 2',
    'x = 1000000007; y = 998244353; print(x % y)',
    'solve 3x + 4567890 = 12345678 for x',
    'at 2026-11-22T10:15:30Z, between 10:20:30 and 11:45:00',
    'from 2024-01-02 to 01/02/2025, version 1.2.3 of the API, v10.0.19',
    'const token = tokenizer.encode(text);',
    'token = next(stream)\npassword = getpass.getpass()',
    'api_key=os.environ["SERVICE_KEY"]',
    '@dataclass\nclass Point:\n    @property\n    def norm(self): return (self.x**2 + self.y**2) ** 0.5',
    '  @Override\n  public String toString() { return name; }',
    'import { readFileSync } from "node:fs"; npm i @types/node',
    'std::vector<int> a; let b = HashMap::new(); x::y::z',
    'model = AutoModelForSeq2SeqLM.from_pretrained(name)',
    'function convertUtf8ToBase64StringEncoder(inputBuffer) {}',
    'SELECT count(*) FROM account_indicator_by_day WHERE day >= 20240101',
    'listen on 127.0.0.1:3000 or 0.0.0.0, mask 255.255.255.0',
    'src/components/clusters/cluster/evidence-table.tsx and lib/ingest/write-batch.db.test.ts',
    'color: #ff00aa; background: #1a2b3c4d;',
    'f(x) = x^2 + 2x + 1, so f(10) = 121; 0.123456789 < 1',
    'a[i] = b[i-1] ^ 0xdeadbeef; // 0x5f3759df',
    'Rate each answer from 1 to 10 and explain step by step. Score: 7/10.',
    'the secret is to stir slowly; the token is optional',
    '1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987',
  ])('%s', (text) => {
    expect(redactExemplar(text)).toBe(text);
  });

  it.skipIf(!hasRealPrompts)(`real prompts lose little of their text${whyNot}`, () => {
    const prompts = [...readRealPrompts('harvest'), ...readRealPrompts('human')].slice(0, 4_000);
    let lost = 0;
    let all = 0;
    for (const { prompt } of prompts) {
      const text = prompt.slice(0, 590);
      all += text.length;
      lost += Math.max(0, text.length - redactExemplar(text).replaceAll(/\[[a-z-]+\]/g, '').length);
    }
    expect(lost / all).toBeLessThan(0.02);
  });
});

test('keeps at most 600 characters, whole ones', () => {
  expect(redactExemplar('word '.repeat(2000))).toHaveLength(600);
  expect(redactExemplar('😀'.repeat(2000))).not.toMatch(/\p{Surrogate}/u);
});

test('redacting twice changes nothing more, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 500, unit: 'grapheme' }), (text) => {
      const once = redactExemplar(text);
      expect(redactExemplar(once)).toBe(once);
    }),
  );
});

test.each([
  'a'.repeat(60_000),
  '1 '.repeat(30_000),
  'a@'.repeat(30_000),
  '::'.repeat(30_000),
  'at.'.repeat(20_000),
])('takes no long time over hostile text (%#)', (text) => {
  const began = performance.now();
  for (let i = 0; i < 20; i++) redactExemplar(text);
  expect(performance.now() - began).toBeLessThan(2_000);
});

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('');
const word = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'.split('')), {
      minLength: min,
      maxLength: max,
    })
    .map((letters) => letters.join(''));
const emails = fc
  .tuple(word(1, 20), word(1, 12), word(2, 12), fc.constantFrom('org', 'com', 'co.uk', 'museum'))
  .map(([a, b, c, d]) => `${a}.${b}@${c}.${d}`);
const isPublic = (ip: string) => ![0, 127, 255].includes(Number(ip.split('.')[0]));
const phones = fc
  .tuple(
    fc.integer({ min: 1, max: 999 }),
    fc.array(fc.integer({ min: 10, max: 9_999 }), { minLength: 3, maxLength: 3 }),
  )
  .map(([country, parts]) => `+${country} ${parts.join(' ')}`);
const cards = fc
  .tuple(
    fc.constantFrom('4', '51', '37', '6011'),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 }),
  )
  .map(([prefix, rest]) => {
    const digits = `${prefix}${rest.join('')}`.padEnd(15, '3').slice(0, 15);
    const sum = [...digits].reverse().reduce((total, d, i) => {
      const doubled = Number(d) * (i % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  });
const ibans = fc.bigInt({ min: 10n ** 17n, max: 10n ** 18n - 1n }).map((account) => {
  const check = 98n - ((account * 1_000_000n + 131400n) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
});
