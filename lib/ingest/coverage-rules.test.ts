import { describe, expect, it } from 'vitest';
import { describeGaps, judgeCoverage } from './coverage-rules';
import type { Coverage, FieldCount, KindCoverage, RecordKind } from './coverage-schema';
import { AT_FULL_HOUR, CONTRACT_FIELDS, RECORD_KINDS } from './coverage-schema';

const FIRST = '2026-08-01T00:00:00.000Z';
const LAST = '2026-09-01T00:00:00.000Z';

const carried = (records: number, lastAt = LAST): FieldCount => ({ records, firstAt: FIRST, lastAt });

const kind = (records: number, fields: Record<string, number | FieldCount> = {}): KindCoverage => ({
  ...carried(records),
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? carried(value) : value]),
  ),
});

/** Everything the contract knows, on every record. */
function everything(): Coverage {
  const coverage: Coverage = {};
  for (const record of RECORD_KINDS) {
    coverage[record] = kind(100, Object.fromEntries(CONTRACT_FIELDS[record].map((field) => [field, 100])));
  }
  return coverage;
}

const without = (record: RecordKind, ...fields: string[]): Coverage => {
  const coverage = everything();
  for (const field of fields) delete coverage[record]?.fields[field];
  return coverage;
};

const find = (coverage: Coverage, id: string) => judgeCoverage(coverage).find((each) => each.id === id);

describe('judgeCoverage', () => {
  it('finds every signal on when every record carries every field', () => {
    expect(judgeCoverage(everything()).filter((finding) => finding.state !== 'on')).toEqual([]);
  });

  it('says that IP correlation is off when neither exchanges nor accounts nor observations hold an address', () => {
    const coverage = without('exchange', 'ip');
    expect(find(coverage, 'ip')).toMatchObject({
      state: 'partial',
      sentence: 'No client IP: only sign-up addresses are compared, and traffic is not.',
    });
    delete coverage.account?.fields.signup_ip;
    expect(find(coverage, 'ip')).toMatchObject({
      state: 'off',
      share: 0,
      sentence: 'No client IP: IP correlation and network prefixes are off.',
      follows: 'IP correlation and network prefixes are off',
      fields: ['exchange.ip'],
    });
    coverage.observation = kind(50, { 'kind=ip': 50 });
    expect(find(coverage, 'ip')).toMatchObject({ state: 'on', share: null });
  });

  it('says that clusters are judged on infrastructure alone without prompts and labels', () => {
    const coverage = without('exchange', 'prompt', 'labels', 'prompt_template');
    expect(describeGaps(coverage)).toEqual([
      'No prompts and no labels: the extraction axis is blind, and clusters are judged on infrastructure alone.',
      'No prompts and no prompt templates: one template over many accounts goes unseen.',
    ]);
    expect(find(without('exchange', 'prompt'), 'classes')?.state).toBe('on');
  });

  it('calls a signal partial below four fifths of the records, with the share', () => {
    const coverage = without('exchange');
    coverage.exchange!.fields.client_fingerprint = carried(31);
    expect(find(coverage, 'client')).toMatchObject({ state: 'partial', share: 0.31, records: 31, of: 100 });
    coverage.exchange!.fields.client_fingerprint = carried(80);
    expect(find(coverage, 'client')?.state).toBe('on');
  });

  it('does not ask of every account that it be a verified organization or pay', () => {
    const coverage = without('account');
    coverage.account!.fields.verified_organization = carried(2);
    coverage.account!.fields.last_paid_at = carried(9);
    expect(find(coverage, 'organization')?.state).toBe('on');
    expect(find(coverage, 'spend')?.state).toBe('on');
    expect(find(without('account', 'verified_organization'), 'organization')?.sentence).toContain(
      'honest companies and universities may be flagged',
    );
  });

  it('switches rhythm off when every time is a full hour, and only then', () => {
    const coverage = without('exchange');
    coverage.exchange!.fields[AT_FULL_HOUR] = carried(100);
    expect(find(coverage, 'rhythm')).toMatchObject({ state: 'off', records: 0 });
    expect(find(coverage, 'rhythm')?.sentence).toContain('No time finer than an hour');
    coverage.exchange!.fields[AT_FULL_HOUR] = carried(3);
    expect(find(coverage, 'rhythm')?.state).toBe('on');
  });

  it('tells the day on which a field stopped coming', () => {
    const coverage = without('exchange');
    coverage.exchange!.fields.user_agent = carried(60, '2026-08-20T10:00:00.000Z');
    const finding = find(coverage, 'user_agent');
    expect(finding?.state).toBe('stopped');
    expect(finding?.sentence).toContain('stopped on 2026-08-20');
    coverage.exchange!.fields.user_agent = carried(90, '2026-08-31T10:00:00.000Z');
    expect(find(coverage, 'user_agent')?.state).toBe('on');
  });

  it('takes a gap for chance when few would have come in it, and never judges accounts by their age', () => {
    const coverage = without('exchange');
    coverage.exchange!.fields.system_prompt = carried(9, '2026-08-20T10:00:00.000Z');
    coverage.account!.fields.phone_fingerprint = carried(100, '2026-08-20T10:00:00.000Z');
    expect(find(coverage, 'system_prompt')?.state).toBe('on');
    expect(find(coverage, 'phone')?.state).toBe('on');
  });

  it('puts what hurts most first, and what is missing before what is there', () => {
    const coverage = without('account', 'payment_fingerprint', 'email_pattern');
    delete coverage.exchange?.fields.asn;
    expect(
      judgeCoverage(coverage)
        .slice(0, 4)
        .map((finding) => [finding.id, finding.state]),
    ).toEqual([
      ['payment', 'off'],
      ['email', 'off'],
      ['asn', 'off'],
      ['classes', 'on'],
    ]);
  });

  it('never rounds a gap away', () => {
    const coverage = without('exchange');
    coverage.exchange = kind(100_000, { client_fingerprint: 99_999, user_agent: 1 });
    expect(find(coverage, 'client')?.sentence).toContain('over 99 %');
    expect(find(coverage, 'user_agent')?.sentence).toContain('under 1 %');
  });
});

describe('describeGaps', () => {
  it('says nothing when nothing came in', () => {
    expect(describeGaps({})).toEqual([]);
  });

  it('names what exchanges alone cannot tell', () => {
    const sentences = describeGaps({ exchange: kind(10, { prompt: 10, ip: 10 }) });
    expect(sentences[0]).toContain('No payment fingerprint');
    expect(sentences).toContain(
      'No account record: age, organization, payments and status are unknown, and honest companies and customers may be flagged.',
    );
    expect(sentences.join()).not.toContain('account status');
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});
