import { describe, expect, it } from 'vitest';
import { benignBaseline, type Content, extractionAxis, measureExtraction, quadrantOf } from './axes';
import { defaultConfig } from './schema';

/** Units of 40 exchanges each, with these shares of extraction. */
const contentOf = (shares: number[]): Content => ({
  exchanges: new Float64Array(shares.length).fill(40),
  extraction: Float64Array.from(shares, (share) => share * 40),
});
const benign = [0, 0.05, 0.05, 0.1, 0.1, 0.15];
const baselineOf = (content: Content, outside: (unit: number) => boolean = () => true, held: number[] = []) =>
  benignBaseline(content, outside, held, { ...defaultConfig, benignAccounts: 5 });
const everyone = (content: Content): Int32Array => Int32Array.from(content.exchanges.keys());

describe('benignBaseline()', () => {
  it('is drawn from accounts outside the candidates only', () => {
    const content = contentOf([...benign, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]);
    const clean = baselineOf(content, (unit) => unit < benign.length);
    expect(clean).toEqual(baselineOf(contentOf(benign)));
    expect(clean.extractionFrom).toBe('deployment');
    expect(clean.extractionThreshold).toBeGreaterThan(0.2);
    expect(clean.extractionThreshold).toBeLessThan(0.4);
  });

  it('says that it is the shipped one while this deployment has too few of its own', () => {
    const none = benignBaseline(contentOf(benign), () => false, [], defaultConfig);
    expect(none).toMatchObject({
      accounts: 0,
      extractionThreshold: 0.3,
      coordinationHigh: defaultConfig.coordinationHigh,
      extractionFrom: 'shipped',
      coordinationFrom: 'shipped',
    });
    expect(none.extractionShare).toBeCloseTo(0.05);
  });

  it('calls coordination high well above what holds benign accounts together, within bounds', () => {
    const held = (values: number[]) => baselineOf(contentOf(benign), () => true, values);
    expect(held(Array(30).fill(0)).coordinationHigh).toBe(0.3);
    expect(held(Array.from({ length: 30 }, (_, i) => 0.1 + (i % 5) / 50)).coordinationHigh).toBeGreaterThan(
      0.2,
    );
    expect(held(Array(30).fill(0.9)).coordinationHigh).toBe(0.5);
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
