/** Observations of values that a row holds beside its exchange, such as the user behind a key. */
import { parseTime } from '../times';
import { cutText, MAX_TOKEN } from './fit-values';

const HOUR_MS = 3_600_000;
/** How many are remembered before the memory is cleared; a repeated one is harmless, it counts once. */
const REMEMBERED = 200_000;

export class SharedValues {
  private readonly seen = new Set<string>();

  /**
   * One observation an hour of each kind and value, at the hour's beginning, so that the same rows in another file or
   * order give the same observations.
   */
  observe(accountId: unknown, occurredAt: unknown, values: Record<string, unknown>): object[] {
    const at = typeof occurredAt === 'string' ? parseTime(occurredAt) : Number.NaN;
    if (Number.isNaN(at) || typeof accountId !== 'string') return [];
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const found: object[] = [];
    for (const [kind, raw] of Object.entries(values)) {
      const value = cutText(raw, MAX_TOKEN);
      if (value === undefined || !this.isNew(`${accountId}\n${kind}\n${hour}\n${value}`)) continue;
      const observed_at = new Date(hour).toISOString();
      found.push({ record: 'observation', account_id: accountId, kind, value, observed_at });
    }
    return found;
  }

  private isNew(name: string): boolean {
    if (this.seen.has(name)) return false;
    if (this.seen.size >= REMEMBERED) this.seen.clear();
    this.seen.add(name);
    return true;
  }
}
