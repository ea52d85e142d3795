/** Lines that must be refused at 2026-09-30, each with the reason that a person reads. */
const exchange = (fields: string) =>
  `{"record":"exchange","exchange_id":"ex_1","account_id":"acct_1","occurred_at":"2026-09-01T00:00:12Z",${fields}}`;
const span = 'outside 2015-01-01 to 2026-10-01';
const at = (time: string) =>
  `{"record":"exchange","exchange_id":"e","account_id":"a","occurred_at":"${time}"}`;

export const WRONG_RECORDS: readonly { line: string; reason: string }[] = [
  { line: '{"record":"exchange"', reason: 'not JSON at character 21: "{"record":"exchange""' },
  { line: 'hello', reason: 'not JSON: "hello"' },
  { line: '{"record":"exchange\0"}', reason: 'not JSON: contains a NUL character' },
  { line: '[]', reason: 'expected one JSON object, got array' },
  { line: '17', reason: 'expected one JSON object, got integer' },
  { line: '{}', reason: 'record: missing' },
  {
    line: '{"record":"wish"}',
    reason: 'record: expected one of account, exchange, observation, model_release, appeal, got "wish"',
  },
  {
    line: '{"record":"toString"}',
    reason: 'record: expected one of account, exchange, observation, model_release, appeal, got "toString"',
  },
  { line: '{"record":"account","created_at":"2026-01-01T00:00:00Z"}', reason: 'account_id: missing' },
  {
    line: '{"record":"account","account_id":7,"created_at":"2026-01-01T00:00:00Z"}',
    reason: 'account_id: expected string, got integer',
  },
  { line: exchange('"output_tokens":"9"'), reason: 'output_tokens: expected integer, got string' },
  { line: exchange('"output_tokens":1.5'), reason: 'output_tokens: expected integer, got number' },
  { line: exchange('"input_tokens":-1'), reason: 'input_tokens: expected at least 0, got -1' },
  { line: exchange('"asn":4294967296'), reason: 'asn: expected at most 4294967295, got 4294967296' },
  { line: exchange('"model":""'), reason: 'model: empty' },
  { line: exchange(`"model":"${'x'.repeat(513)}"`), reason: 'model: longer than 512 characters' },
  { line: exchange('"ip":"203.0.113.256"'), reason: 'ip: not an IPv4 or IPv6 address: "203.0.113.256"' },
  { line: exchange('"ip":"fe80::1%eth0"'), reason: 'ip: not an IPv4 or IPv6 address: "fe80::1%eth0"' },
  { line: exchange('"tool_names":["bash",3]'), reason: 'tool_names.1: expected string, got integer' },
  {
    line: exchange('"prompt":"a\\u0000b"'),
    reason: 'prompt: contains a NUL character or half a surrogate pair: "a\\u0000b"',
  },
  {
    line: exchange('"prompt":"\\ud83d"'),
    reason: 'prompt: contains a NUL character or half a surrogate pair: "\\uD83D"',
  },
  { line: exchange('"model":null'), reason: 'model: expected string, got null' },
  { line: at('1970-01-01T00:00:00Z'), reason: `occurred_at is 1970-01-01T00:00:00Z: ${span}` },
  { line: at('2100-01-01T00:00:00Z'), reason: `occurred_at is 2100-01-01T00:00:00Z: ${span}` },
  {
    line: at('2026-02-30T00:00:00Z'),
    reason: 'occurred_at: not an RFC 3339 date-time: "2026-02-30T00:00:00Z"',
  },
  {
    line: at('2026-09-01 00:00:00'),
    reason: 'occurred_at: not an RFC 3339 date-time: "2026-09-01 00:00:00"',
  },
  { line: at('yesterday'), reason: 'occurred_at: not an RFC 3339 date-time: "yesterday"' },
  {
    line: '{"record":"account","account_id":"a","created_at":"2026-01-01T00:00:00Z","country":"usa"}',
    reason: 'country: not two capital letters: "usa"',
  },
  {
    line: '{"record":"account","account_id":"a","created_at":"2026-01-01T00:00:00Z","status":"gone"}',
    reason: 'status: expected one of active, throttled, verification_required, banned, got "gone"',
  },
  {
    line: '{"record":"account","account_id":"a","created_at":"2026-01-01T00:00:00Z","enterprise":"yes"}',
    reason: 'enterprise: expected boolean, got string',
  },
  {
    line: '{"record":"observation","account_id":"a","kind":"Referral","value":"R","observed_at":"2026-01-01T00:00:00Z"}',
    reason: 'kind: not a lower-case name of at most 63 characters: "Referral"',
  },
  {
    line: '{"record":"observation","account_id":"a","kind":"r","value":"R","observed_at":"2026-01-01T00:00:00Z","count":0}',
    reason: 'count: expected at least 1, got 0',
  },
];
