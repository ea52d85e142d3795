import { describe, expect, it } from 'vitest';
import {
  type BenignGroup,
  benignBaseline,
  type Content,
  extractionAxis,
  measureExtraction,
  quadrantOf,
} from './axes';
import { defaultConfig } from './schema';

/** Units of 40 exchanges each, with these shares of extraction. */
const contentOf = (shares: number[]): Content => ({
  exchanges: new Float64Array(shares.length).fill(40),
  extraction: Float64Array.from(shares, (share) => share * 40),
});
const benign = [0, 0.05, 0.05, 0.1, 0.1, 0.15];
const baselineOf = (
  content: Content,
  outside: (unit: number) => boolean = () => true,
  groups: BenignGroup[] = [],
) => benignBaseline(content, outside, groups, { ...defaultConfig, benignAccounts: 5 });
const everyone = (content: Content): Int32Array => Int32Array.from(content.exchanges.keys());

describe('benignBaseline()', () => {
  it('is drawn from accounts outside the candidates only', () => {
    const content = contentOf([...benign, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]);
    const clean = baselineOf(content, (unit) => unit < benign.length);
    expect(clean).toEqual(baselineOf(contentOf(benign)));
    expect(clean.extractionFrom).toBe('deployment');
    expect(clean.extractionThreshold).toBeCloseTo((6 + 5 * clean.extractionShare) / 45);
  });

  it('says that it is the shipped one while this deployment has too few of its own', () => {
    const none = benignBaseline(contentOf(benign), () => false, [], defaultConfig);
    expect(none).toMatchObject({
      accounts: 0,
      extractionThreshold: defaultConfig.extractingFrom,
      coordinationHigh: defaultConfig.coordinationHigh,
      extractionHigh: defaultConfig.extractionHigh,
      extractionFrom: 'shipped',
      coordinationFrom: 'shipped',
    });
    expect(none.extractionShare).toBeCloseTo(0.005);
  });

  it('calls an axis high where one in twenty benign accounts in groups lies, and not for a few guilty among them', () => {
    const content = contentOf([...Array(380).fill(0), ...Array(20).fill(0.9)]);
    const groups = Array.from({ length: 40 }, (_, i) => ({
      units: Int32Array.from({ length: 10 }, (_, j) => 10 * i + j),
      coordination: 0.2 + i / 200,
    }));
    const clean = baselineOf(content, () => true, groups.slice(0, 38));
    expect(clean.coordinationHigh).toBeCloseTo(0.2 + 36 / 200);
    // two of five would be more than chance where one in fifty extracts
    expect(clean.extractionHigh).toBe(0.4);
    expect(clean.cloud.map((cell) => [cell.coordination, cell.extraction, cell.accounts])).toEqual([
      [4, 0, 100],
      [5, 0, 100],
      [6, 0, 100],
      [7, 0, 80],
    ]);
    const guilty = groups.map((group, i) => (i < 38 ? group : { ...group, coordination: 1 }));
    const mixed = baselineOf(content, () => true, guilty);
    expect(mixed.coordinationHigh - clean.coordinationHigh).toBeLessThan(0.02);
    expect(mixed.extractionHigh).toBe(0.4);
    const all = groups.map((group) => ({
      ...group,
      coordination: 1,
      units: Int32Array.from({ length: 10 }, (_, j) => 390 + j),
    }));
    expect(baselineOf(content, () => true, all)).toMatchObject({
      coordinationHigh: 0.6,
      coordinationFrom: 'deployment',
    });
  });
});

describe('the extraction axis', () => {
  const baseline = baselineOf(contentOf(benign));

  it('is high for a hydra whose accounts carry as much real traffic as extraction', () => {
    const hydra = contentOf(Array(20).fill(0.5));
    expect(extractionAxis(measureExtraction(hydra, everyone(hydra), baseline), 0.5)).toBeGreaterThan(0.8);
  });

  it('is low for benign content and zero for no content', () => {
    const plain = contentOf(benign);
    expect(extractionAxis(measureExtraction(plain, everyone(plain), baseline), 1)).toBe(0);
    const silent = { exchanges: new Float64Array(3), extraction: new Float64Array(3) };
    expect(extractionAxis(measureExtraction(silent, everyone(silent), baseline), 1)).toBe(0);
  });

  it('does not judge an account by one exchange', () => {
    const once = { exchanges: Float64Array.of(1), extraction: Float64Array.of(1) };
    expect(measureExtraction(once, everyone(once), baseline).above).toBe(0);
  });
});

describe('quadrantOf()', () => {
  it.each([
    [0.9, 0.9, 'distillation'],
    [0.9, 0.1, 'reseller_review'],
    [0.1, 0.9, 'lone_extraction'],
    [0.1, 0.1, 'benign'],
  ] as const)('coordination %d and extraction %d: %s', (coordination, extraction, quadrant) => {
    expect(quadrantOf(coordination, extraction, defaultConfig)).toBe(quadrant);
  });
});
