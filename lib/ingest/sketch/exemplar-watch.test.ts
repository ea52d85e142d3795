import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS_ENOUGH, EXEMPLARS_EACH, ExemplarWatch } from './exemplar-watch';

describe('ExemplarWatch', () => {
  it('never wants the words of fewer accounts than enough, however often they come', () => {
    const watch = new ExemplarWatch();
    for (let n = 0; n < 1_000; n++) {
      expect(watch.wants(1, 2, `acct_${n % (ACCOUNTS_ENOUGH - 1)}`)).toBe(false);
    }
  });

  it('wants one prompt of each of three accounts, once enough have sent the template', () => {
    const watch = new ExemplarWatch();
    const wanted = Array.from({ length: 40 }, (_, n) => `acct_${n >> 1}`).filter((id) =>
      watch.wants(7, -9, id),
    );
    expect(wanted).toEqual(['acct_4', 'acct_5', 'acct_6']);
  });

  it('holds both whatever comes in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 12 })), {
          maxLength: 300,
        }),
        (exchanges) => {
          const watch = new ExemplarWatch();
          const senders = new Map<number, Set<number>>();
          const wanted = new Map<number, number[]>();
          for (const [template, account] of exchanges) {
            senders.set(template, (senders.get(template) ?? new Set()).add(account));
            // Templates 0 and 5 share a slot: they push each other out.
            if (!watch.wants(template === 5 ? 1 << 20 : template, 0, `acct_${account}`)) continue;
            wanted.set(template, [...(wanted.get(template) ?? []), account]);
            expect(senders.get(template)!.size).toBeGreaterThanOrEqual(ACCOUNTS_ENOUGH);
          }
          for (const [template, accounts] of wanted) {
            if (template === 0 || template === 5) continue;
            expect(accounts.length).toBeLessThanOrEqual(EXEMPLARS_EACH);
            expect(new Set(accounts).size).toBe(accounts.length);
          }
        },
      ),
    );
  });
});
