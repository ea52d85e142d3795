import { describe, expect, test } from 'vitest';
import { filterQuery, readFilter } from '@/lib/clusters/queue-filter';
import { describeFilter, ignoredWords, isView, QUEUE_VIEWS } from './filter-query';

const read = (text: string) => readFilter(new URLSearchParams(text)).filter;

describe('the queue’s filters', () => {
  test('survive the way into the URL and back', () => {
    const text =
      'status=open%2Cin_review&min=12&size=50&quadrant=distillation&kind=payment&who=me&age=over-7d&q=heron&sort=age&dir=asc';
    expect(filterQuery(read(text))).toBe(text);
  });

  test('equal filters give equal text, whatever the order and the row in the preview', () => {
    expect(filterQuery(read('sort=score&q=heron&min=12&at=7&dir=desc'))).toBe(
      filterQuery(read('min=12&q=heron')),
    );
  });

  test('nonsense in the URL is ignored and named, what is right beside it is kept', () => {
    const { filter, ignored } = readFilter(
      new URLSearchParams(
        'min=many&status=lost,open&sort=colour&at=-1&kind=<b>&colour=red&who=7&age=over-0d&size=10&quadrant=x&q=',
      ),
    );
    expect(filterQuery(filter)).toBe('status=open&size=10&who=7');
    expect(ignored.map(({ name }) => name)).toEqual([
      'min',
      'status',
      'sort',
      'kind',
      'colour',
      'age',
      'quadrant',
    ]);
    expect(ignoredWords(ignored)).toBe(
      'score “many”, state “lost,open”, order “colour”, evidence “<b>” and 3 more',
    );
    expect(ignoredWords([{ name: 'q\u202e', value: '\u200b' }])).toBe('q⟨U+202E⟩ “⟨U+200B⟩”');
    expect(readFilter(new URLSearchParams('min=12&sort=score&dir=desc&preview=off')).ignored).toEqual([]);
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
