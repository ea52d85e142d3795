import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDiff } from './build-diff';

describe('buildDiff', () => {
  test('puts what changed first and keeps what stayed', () => {
    const diff = buildDiff({ accounts: 2417, status: 'in_review' }, { accounts: 2417, status: 'confirmed' });
    expect(diff).toEqual([
      { path: 'status', before: 'in_review', after: 'confirmed', changed: true },
      { path: 'accounts', before: '2,417', after: '2,417', changed: false },
    ]);
  });

  test('tells a missing field from one that is null, and "3" from 3', () => {
    expect(buildDiff({ assignee: null }, { assignee: null, reason: null })).toEqual([
      { path: 'reason', before: null, after: 'null', changed: true },
      { path: 'assignee', before: 'null', after: 'null', changed: false },
    ]);
    expect(buildDiff({ version: '3' }, { version: 3 })[0]?.changed).toBe(true);
  });

  test('goes into what is nested and names the path', () => {
    const before = { value: { tiers: { large: 1000, paying: 0.05 }, on: true } };
    const after = { value: { tiers: { large: 2000, paying: 0.05 }, on: true } };
    expect(buildDiff(before, after)).toEqual([
      { path: 'value.tiers.large', before: '1,000', after: '2,000', changed: true },
      { path: 'value.tiers.paying', before: '0.05', after: '0.05', changed: false },
      { path: 'value.on', before: 'true', after: 'true', changed: false },
    ]);
  });

  test('matches objects of a list by their id, wherever they stand', () => {
    const diff = buildDiff(
      {
        list: [
          { id: 'a', n: 1 },
          { id: 'b', n: 2 },
        ],
      },
      {
        list: [
          { id: 'b', n: 3 },
          { id: 'c', n: 4 },
        ],
      },
    );
    expect(diff.filter((line) => line.changed).map((line) => [line.path, line.before, line.after])).toEqual([
      ['list[a].id', 'a', null],
      ['list[a].n', '1', null],
      ['list[b].n', '2', '3'],
      ['list[c].id', null, 'c'],
      ['list[c].n', null, '4'],
    ]);
  });

  test('of a list of values only what came and went has changed', () => {
    const diff = buildDiff({ kinds: ['ip', 'device', 'payment'] }, { kinds: ['device', 'payment', 'phone'] });
    expect(diff.map((line) => [line.before, line.after])).toEqual([
      ['ip', null],
      [null, 'phone'],
      ['device', 'device'],
      ['payment', 'payment'],
    ]);
  });

  test('says in one line what is empty, and what became something else', () => {
    expect(buildDiff({ a: [], b: {}, c: [1] }, { a: [], b: [1], c: 'x' })).toEqual([
      { path: 'b', before: '{}', after: '[1]', changed: true },
      { path: 'c', before: '[1]', after: 'x', changed: true },
      { path: 'a', before: '[]', after: '[]', changed: false },
    ]);
  });

  test('an entry that only made something has no before', () => {
    expect(buildDiff(null, { role: 'analyst', rights: { read: true } })).toEqual([
      { path: 'role', before: null, after: 'analyst', changed: true },
      { path: 'rights.read', before: null, after: 'true', changed: true },
    ]);
    expect(buildDiff(null, null)).toEqual([]);
  });

  test('fields named like parts of an object’s prototype, or like a path, are plain fields', () => {
    expect(buildDiff({}, JSON.parse('{"constructor":"x","__proto__":"y"}'))).toMatchObject([
      { path: 'constructor', before: null, after: 'x' },
      { path: '__proto__', before: null, after: 'y' },
    ]);
    expect(buildDiff({}, { 'a.b': 1, 'x y': 2 }).map((line) => line.path)).toEqual(['"a.b"', '"x y"']);
  });

  test('has no change between equal JSON, and one at least between different', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>);
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(buildDiff(a, structuredClone(a)).some((line) => line.changed)).toBe(false);
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        // Numbers are shown to six places and lists of objects are matched by id: those may look alike.
        if (!same && !/\d\.\d{6}|e[-+]?\d|\[.*\{/.test(JSON.stringify([a, b])))
          expect(buildDiff(a, b).some((line) => line.changed)).toBe(true);
      }),
    );
  });

  test('nesting without end does not break it', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 2_000; i++) deep = { deep };
    expect(buildDiff({ deep }, { deep: 2 })).toHaveLength(1);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
