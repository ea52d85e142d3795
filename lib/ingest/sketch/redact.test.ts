import { expect, test } from 'vitest';
import { redactExemplar } from './redact';

test.each([
  ['write to maria.lopez+x@mail.example.org today', 'write to [e-mail] today'],
  ['see https://example.com/u/4711?token=abc for it', 'see [link] for it'],
  ['call +44 20 7946 0958 or (030) 901820', 'call [number] or ([number]'],
  ['card 4111 1111 1111 1111 expires', 'card [number] expires'],
  ['host 203.0.113.7 and 2001:db8:0:1:2::7', 'host [address] and [address]'],
  ['key sk-proj-abcdefghijklmnop1234', 'key [key]'],
  ['ask @maria_l about it', 'ask [handle] about it'],
  ['in 2024 we sold 1500 units', 'in 2024 we sold 1500 units'],
])('%s → %s', (text, expected) => {
  expect(redactExemplar(text)).toBe(expected);
});

test('keeps at most 600 characters', () => {
  expect(redactExemplar('word '.repeat(2000))).toHaveLength(600);
});

test('masks a secret that the cut would leave half', () => {
  expect(redactExemplar(`${'a '.repeat(298)}sk-${'b'.repeat(40)}`)).not.toContain('bbb');
});
