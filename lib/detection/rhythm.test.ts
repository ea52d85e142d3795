import { describe, expect, it } from 'vitest';
import { mean } from './retention';
import { countCrowds, measureRhythm, type Rhythm } from './rhythm';
import { defaultConfig } from './schema';
import { World } from './testing/world';

/** The rhythm of n accounts whose bins `draw` adds. */
function rhythmOf(
  n: number,
  draw: (world: World, id: string) => void,
  others: (world: World) => void = () => {},
): Rhythm {
  const world = new World(7);
  for (let i = 0; i < n; i++) draw(world, `a-${i}`);
  others(world);
  const { bins } = world.snapshot();
  const each = Array.from({ length: n }, (_, i) => Int32Array.from([i]));
  return measureRhythm(bins!, each, defaultConfig, countCrowds(bins!));
}

describe('measureRhythm()', () => {
  it('sees accounts that act in the same quarter of every hour', () => {
    const { strength, lift } = rhythmOf(40, (world, id) => {
      for (let hour = 0; hour < 96; hour++) if (world.pick(3) > 0) world.active(id, hour * 4 + 1);
    });
    expect(Math.min(...strength)).toBeGreaterThan(0.6);
    expect(lift).toBeGreaterThan(3);
  });

  it('sees bursts at odd times that all share', () => {
    const { strength } = rhythmOf(30, (world, id) => {
      for (const start of [37, 160, 251, 340, 431]) for (let i = 0; i < 3; i++) world.active(id, start + i);
      world.active(id, world.pick(480));
    });
    expect(mean(strength)).toBeGreaterThan(0.5);
  });

  it('drops the quarters into which strangers crowd as well', () => {
    const topOfTheHour = (world: World, id: string): void => {
      for (let hour = 0; hour < 96; hour++) if (world.pick(3) > 0) world.active(id, hour * 4);
    };
    const strangers = (world: World): void => {
      for (let i = 0; i < 200; i++) topOfTheHour(world, `stranger-${i}`);
    };
    expect(Math.min(...rhythmOf(40, topOfTheHour).strength)).toBeGreaterThan(0.6);
    const among = rhythmOf(40, topOfTheHour, strangers);
    expect(Math.max(...among.strength)).toBe(0);
    expect([...among.leftOut].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 96 }, (_, hour) => hour * 4),
    );
  });

  it('takes office hours for what they are', () => {
    const { strength } = rhythmOf(60, (world, id) => {
      for (let day = 0; day < 5; day++)
        for (let i = 0; i < 10; i++) world.active(id, day * 96 + 36 + world.pick(32));
    });
    expect(Math.max(...strength)).toBe(0);
  });

  it('finds nothing in accounts that are always on or never', () => {
    const always = rhythmOf(20, (world, id) => {
      for (let bin = 0; bin < 480; bin++) world.active(id, bin);
    });
    expect(Math.max(...always.strength)).toBe(0);
    const none = { offsets: new Int32Array(4), bins: new Int32Array(0) };
    const each = [Int32Array.from([0]), Int32Array.from([1])];
    const never = measureRhythm(none, each, defaultConfig, countCrowds(none));
    expect([...never.strength, ...never.active, never.lift]).toEqual([0, 0, 0, 0, 0]);
  });
});
