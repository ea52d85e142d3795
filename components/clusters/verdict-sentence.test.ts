import { describe, expect, test } from 'vitest';
import type { EvidenceRow, EvidenceSummary } from '@/lib/clusters/schema';
import { type VerdictInput, verdictSentence, verdictText } from './verdict-sentence';

/** With plain spaces, for the eye. */
const told = (cluster: VerdictInput) => verdictText(cluster).replaceAll('\u00a0', ' ');

function row(kind: string, members: number, expected: number, points: number, valueCount = 3): EvidenceRow {
  return {
    kind,
    members,
    population: members + 1,
    expected,
    points,
    scoreWithout: 0,
    valueCount,
    values: [],
    detail: null,
  };
}

/** What the queue's row knows of it. */
function summary({ kind, members, population, expected, points }: EvidenceRow): EvidenceSummary {
  return { kind, members, population, expected, points };
}

const cards = row('payment', 1180, 2.04, 14, 40);
const templates = row('template', 1204, 0.004, 11, 1);
const content = row('content', 900, 60.2, 6, 0);
const rhythm = row('time_bins', 400, 12.4, 2, 0);

describe('verdictSentence', () => {
  test('names the three strongest kinds with values, members and what chance would give', () => {
    const text = told({
      accounts: 1204,
      quadrant: 'distillation',
      evidence: [cards, templates],
      allEvidence: [cards, templates, content, rhythm],
    });
    expect(text).toBe(
      '1,204 accounts act as one operation: 1,180 share 40 payment instruments (expected 2), ' +
        'all 1,204 send variants of one prompt template (expected <0.01), ' +
        'and 900 ask for training material far more than benign accounts do (expected 60).',
    );
  });

  test('a row of the queue gives the same sentence without the number of values', () => {
    expect(
      told({ accounts: 1204, quadrant: 'distillation', evidence: [summary(cards), summary(content)] }),
    ).toBe(
      '1,204 accounts act as one operation: 1,180 share payment instruments (expected 2) ' +
        'and 900 ask for training material far more than benign accounts do (expected 60).',
    );
  });

  test('other quadrants are not called an operation', () => {
    for (const quadrant of ['reseller_review', 'lone_extraction', 'benign'] as const) {
      expect(told({ accounts: 60, quadrant, evidence: [cards] })).not.toContain('one operation');
    }
  });

  test('retention alone says that nothing confirms it, whatever the quadrant', () => {
    const text = told({
      accounts: 38,
      quadrant: 'distillation',
      evidence: [],
      allEvidence: [row('wallet_transfer', 38, 0.02, 9, 1)],
      retentionAlone: true,
    });
    expect(text).toBe(
      '38 accounts hold together through one kind of evidence, and the data hold no second one that could confirm it: ' +
        'all 38 share one wallet transfer value (expected 0.02).',
    );
  });

  test('evidence that speaks against the cluster, or hardly for it, is not spoken', () => {
    const against = row('time_bins', 10, 40, -3, 0);
    const hardly = row('email_pattern', 12, 9, 0.04, 8);
    expect(told({ accounts: 12, quadrant: 'benign', evidence: [hardly, against] })).toBe(
      '12 accounts are linked, but neither coordination nor extraction is high.',
    );
  });

  test('what chance explains as well is not spoken, whatever its points', () => {
    const everywhere = row('template', 14, 13.9, 2.7, 1);
    const address = row('ip', 14, 1.8, 1.7, 34);
    expect(told({ accounts: 14, quadrant: 'lone_extraction', evidence: [everywhere, address] })).toContain(
      'together: all 14 share 34 addresses on the same days (expected 1.8).',
    );
  });

  test('only figures of accounts are strong', () => {
    const strong = verdictSentence({ accounts: 1204, quadrant: 'distillation', evidence: [cards] })
      .filter((part) => part.strong)
      .map((part) => part.text);
    expect(strong).toEqual(['1,204 accounts', '1,180']);
  });
});
