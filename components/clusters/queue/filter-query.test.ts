import { describe, expect, test } from 'vitest';
import { describeFilter, filterQuery, isView, QUEUE_VIEWS, readFilter } from './filter-query';

const read = (text: string) => readFilter(new URLSearchParams(text));

describe('the queue’s filters', () => {
  test('survive the way into the URL and back', () => {
    const text =
      'status=open%2Cin_review&min=12&size=50&quadrant=distillation&kind=payment&who=me&q=heron&sort=age&dir=asc';
    expect(filterQuery(read(text))).toBe(text);
  });

  test('equal filters give equal text, whatever the order and the row in the preview', () => {
    expect(filterQuery(read('sort=score&q=heron&min=12&at=7&dir=desc'))).toBe(
      filterQuery(read('min=12&q=heron')),
    );
  });

  test('nonsense in the URL is ignored', () => {
    expect(filterQuery(read('min=many&status=lost&sort=colour&at=-1&kind=<b>'))).toBe('');
  });

  test('are told in words', () => {
    const set = describeFilter(read('status=open,in_review&min=30&who=7&kind=ip&campaign=2'), {
      people: [{ id: 7, name: 'Kofi Osei' }],
      campaigns: [{ id: 2, name: 'Long winter' }],
    });
    expect(set.map(({ label, value }) => `${label} ${value}`)).toEqual([
      'State open, in review',
      'Score ≥ 30',
      'Evidence IP address on a day',
      'Assignee Kofi Osei',
      'Campaign Long winter',
    ]);
  });

  test('a view stays current while it is narrowed, and exactly one is', () => {
    const current = (text: string) =>
      QUEUE_VIEWS.filter((view) => isView(read(text), view.filter)).map((v) => v.label);
    expect(current('')).toEqual(['All open']);
    expect(current('min=30&q=heron')).toEqual(['All open']);
    expect(current('quadrant=distillation&who=nobody&min=20')).toEqual(['Unclaimed distillation']);
    expect(current('status=dismissed')).toEqual(['Dismissed']);
    expect(current('status=open')).toEqual([]);
  });
});
