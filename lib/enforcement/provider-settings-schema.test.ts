import { describe, expect, it } from 'vitest';
import { countermeasuresSetting, PROVIDER_KINDS, providerSetting } from './provider-settings-schema';

const initial = providerSetting.initial;
const reads = (value: unknown) => providerSetting.schema.safeParse(value).success;

describe('the provider setting', () => {
  it('needs an address for every provider but the sandbox', () => {
    for (const kind of PROVIDER_KINDS) {
      expect(reads({ ...initial, kind }), kind).toBe(kind === 'sandbox');
      expect(reads({ ...initial, kind, address: 'https://provider.example/weir' }), kind).toBe(true);
    }
  });

  it('refuses addresses that are not http', () => {
    for (const address of [
      'provider.example',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'ftp://a',
      'http://',
    ])
      expect(reads({ ...initial, kind: 'webhook', address }), address).toBe(false);
  });

  it('refuses time-outs below a second and above a minute', () => {
    for (const timeoutSeconds of [0, 61, 1.5, -1]) expect(reads({ ...initial, timeoutSeconds })).toBe(false);
  });
});

describe('the countermeasures setting', () => {
  const [first, second] = countermeasuresSetting.initial;
  const takes = (value: unknown) => countermeasuresSetting.schema.safeParse(value).success;

  it('refuses two with one id or one name, and ids that are no words', () => {
    expect(takes([first, second])).toBe(true);
    expect(takes([])).toBe(true);
    expect(takes([first, { ...second, id: first?.id }])).toBe(false);
    expect(takes([first, { ...second, name: first?.name.toUpperCase() }])).toBe(false);
    for (const id of ['Ban', 'a', '1x', 'no space', 'x'.repeat(41)])
      expect(takes([{ ...first, id }]), id).toBe(false);
  });
});
