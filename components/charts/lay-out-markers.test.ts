import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutMarkers, type Marker, markersIn } from './lay-out-markers';

const RANGE = { from: 0, to: 1000 };
const marker = (at: number, label: string): Marker => ({ at, label, kind: 'ban' });

describe('layOutMarkers()', () => {
  it('puts a label right of its mark, and left of it at the right edge', () => {
    const placed = layOutMarkers([marker(100, '12 banned'), marker(990, 'atlas-4 released')], RANGE, 800);
    expect(placed.map(({ side, text }) => [side, text])).toEqual([
      ['right', '12 banned'],
      ['left', 'atlas-4 released'],
    ]);
  });

  it('lets a ban speak for a decision at the same place', () => {
    const confirmed: Marker = { at: 988, label: 'Confirmed by Ines', kind: 'decision' };
    const placed = layOutMarkers([confirmed, marker(990, '1,127 banned')], RANGE, 800);
    expect(placed.map(({ text }) => text)).toEqual([null, '1,127 banned']);
  });

  it('leaves the label out where there is no room, and keeps the mark', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => marker(500 + i, `event ${i}`));
    const placed = layOutMarkers(crowd, RANGE, 600);
    expect(placed).toHaveLength(30);
    expect(placed.filter((each) => each.text !== null).length).toBeLessThan(4);
  });

  it('never lets two labels touch, nor a label cross another mark', () => {
    const markers = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.string({ minLength: 1, maxLength: 40 })),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(markers, fc.integer({ min: 100, max: 1400 }), (list, width) => {
        const placed = layOutMarkers(
          list.map(([at, label]) => marker(at, label)).sort((a, b) => a.at - b.at),
          RANGE,
          width,
        );
        const areas = placed.flatMap(({ x, text, side }) => {
          if (text === null) return [];
          const reach = [...text].length * 6 + 8;
          return [side === 'right' ? { from: x, to: x + reach, x } : { from: x - reach, to: x, x }];
        });
        areas.forEach((a, i) => {
          for (const b of areas.slice(i + 1))
            expect(a.to <= b.from + 0.001 || b.to <= a.from + 0.001).toBe(true);
        });
      }),
    );
  });
});

describe('markersIn()', () => {
  it('tells what happened inside the range only, oldest first', () => {
    const timeline = {
      hours: [],
      benign: [],
      releases: [{ model: 'atlas-4', at: '2026-09-18T10:00:00Z' }],
      actions: [
        { at: '2026-09-03T00:00:00Z', label: '1,204 banned', kind: 'ban' as const },
        { at: '2026-01-01T00:00:00Z', label: 'long ago', kind: 'other' as const },
      ],
    };
    const range = { from: Date.parse('2026-08-01T00:00:00Z'), to: Date.parse('2026-10-01T00:00:00Z') };
    expect(markersIn(timeline, range).map((each) => each.label)).toEqual([
      '1,204 banned',
      'atlas-4 released',
    ]);
  });
});
