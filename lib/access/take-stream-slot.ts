/** How many bodies come in at once: of one key, so that it leaves room for others, and of all, for memory's sake. */
import { AppError } from '@/lib/errors';

export interface StreamLimits {
  streamsOfKey: number;
  streams: number;
}

const taken = { all: 0, ofKey: new Map<string, number>() };

/** Room for one body under way. Give it back in any case, once. */
export class StreamSlot {
  private key: string | undefined;
  private given = false;

  private constructor() {}

  /** Before anything is asked of the database, so that any number of callers at once cannot exhaust it. @throws AppError too_many */
  static take({ streams }: StreamLimits): StreamSlot {
    if (taken.all >= streams) {
      throw new AppError(
        'too_many',
        `${streams} streams are coming in already, which is as many as this Weir takes at once. Send this one again in a moment.`,
      );
    }
    taken.all++;
    return new StreamSlot();
  }

  /** @throws AppError too_many when the key has as many under way as it may */
  countFor(key: string, { streamsOfKey }: StreamLimits): void {
    const now = taken.ofKey.get(key) ?? 0;
    if (now >= streamsOfKey) {
      throw new AppError(
        'too_many',
        `This key has ${now} streams under way already, which is as many as it may. Send this one again when one of them has ended, or put more records into each: a stream may be of any length.`,
      );
    }
    taken.ofKey.set(key, now + 1);
    this.key = key;
  }

  giveBack(): void {
    if (this.given) return;
    this.given = true;
    taken.all--;
    if (this.key === undefined) return;
    const left = (taken.ofKey.get(this.key) ?? 1) - 1;
    if (left === 0) taken.ofKey.delete(this.key);
    else taken.ofKey.set(this.key, left);
  }
}
