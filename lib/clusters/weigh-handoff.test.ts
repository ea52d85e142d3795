import { describe, expect, it } from 'vitest';
import { weighHandoff } from './weigh-handoff';

const HOURS = 168;
const accounts = (active: (account: number, hour: number) => boolean) =>
  new Map(
    Array.from({ length: 12 }, (_, a) => [
      `acct_${a}`,
      Array.from({ length: HOURS }, (_, hour) => (active(a, hour) ? 3 : 0)),
    ]),
  );

describe('weighHandoff()', () => {
  it('finds shifts far steadier than chance, and a common working day far less steady', () => {
    const shifts = weighHandoff(accounts((a, hour) => Math.floor((hour % 24) / 2) === a));
    expect(shifts.mean).toBe(1);
    expect(shifts.deviation).toBe(0);
    expect(shifts.deviationByChance).toBeGreaterThan(0.9);
    const office = weighHandoff(accounts((_, hour) => hour % 24 >= 9 && hour % 24 < 17));
    expect(office.deviation / office.deviationByChance).toBeGreaterThan(3);
  });

  it('orders accounts by when each starts, and is calm about none', () => {
    const shifts = weighHandoff(accounts((a, hour) => Math.floor((hour % 24) / 2) === 11 - a));
    expect(shifts.accounts[0]).toMatchObject({ accountId: 'acct_11', exchanges: 7 * 2 * 3 });
    expect(weighHandoff(new Map())).toEqual({ accounts: [], mean: 0, deviation: 0, deviationByChance: 0 });
  });
});
