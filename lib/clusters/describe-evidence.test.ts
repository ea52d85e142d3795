import { expect, it } from 'vitest';
import { GROUP_KINDS } from '@/lib/detection/signals/group-kinds';
import { describeEvidence } from './describe-evidence';

it.each(Object.keys(GROUP_KINDS))(
  'says in words what %s found, also when a run of before kept fewer figures',
  (kind) => {
    const detail = {
      measured: 1_240,
      usual: 0.004,
      dispersion: 0.4,
      overlap: 0.12,
      templates: 7,
      release: 1.79e12,
      paths: 5,
      banned: 3,
    };
    for (const figures of [detail, {}]) {
      const words = describeEvidence({ kind, members: 1_100, detail: figures });
      expect(words).toMatch(/^(together \d|1,100 of 1,(240|100) )/);
      expect(words).not.toMatch(/NaN|undefined/);
    }
  },
);

it('leaves rows alone whose values say it all', () => {
  expect(describeEvidence({ kind: 'payment', members: 4 })).toBeNull();
  expect(describeEvidence({ kind: 'content', members: 0, detail: { noText: 1 } })).toMatch(/unknown/);
});
