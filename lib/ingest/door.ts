/** Which good records are turned away all the same: exchanges of days that were dropped, and what is of forgotten people. */
import { pool } from '@/lib/database/pool';
import { AppError } from '@/lib/errors';
import type { WeirRecord } from '@/lib/records/schema';
import { parseTime } from '@/lib/records/times';
import { FORGOTTEN_REASON, type ForgottenHashes, ForgottenIds, readForgotten } from './forgotten-ids';
import { readHorizon, tooOld } from './read-horizon';

const REMEMBERED = 500_000;

/** What a door needs to know, in a form that goes to another thread. */
export interface DoorRules {
  /** Now, as records are judged by it: epoch ms. */
  now: number;
  /** As readHorizon gives it. */
  horizon: number;
  forgotten: ForgottenHashes | null;
  /** True in a database whose exchange ids are hashed with SHA-256, as all were once. */
  sha256Ids?: boolean;
}

/** @throws AppError unavailable as readForgotten */
export async function readDoorRules(): Promise<DoorRules> {
  const [horizon, forgotten, ids] = await Promise.all([
    readHorizon(pool()),
    readForgotten(pool()),
    pool().query<{ sha256: boolean }>('SELECT sha256 FROM exchange_ids'),
  ]);
  return { now: Date.now(), horizon, forgotten, sha256Ids: ids.rows[0]?.sha256 ?? false };
}

/** One for each reader of an input. */
export class Door {
  readonly now: Date;
  private readonly forgotten: ForgottenIds | null;
  private asked = new Map<string, boolean>();

  constructor(readonly rules: DoorRules) {
    this.now = new Date(rules.now);
    this.forgotten = rules.forgotten && new ForgottenIds(rules.forgotten);
  }

  /** Why a record is not taken; undefined when it is. */
  refuse(record: WeirRecord): string | undefined {
    const { horizon } = this.rules;
    if (record.record === 'exchange' && parseTime(record.occurred_at) < horizon) return tooOld(horizon);
    if (this.forgotten === null || record.record === 'model_release') return undefined;
    if (this.isForgotten(this.forgotten, record.account_id)) return FORGOTTEN_REASON;
    // A transfer to a forgotten person, say: the value is their id.
    return record.record === 'observation' && this.forgotten.has(record.value) ? FORGOTTEN_REASON : undefined;
  }

  private isForgotten(forgotten: ForgottenIds, accountId: string): boolean {
    const known = this.asked.get(accountId);
    if (known !== undefined) return known;
    if (this.asked.size > REMEMBERED) this.asked = new Map();
    const found = forgotten.has(accountId);
    this.asked.set(accountId, found);
    return found;
  }
}

/** What happens to a batch that was read before somebody was forgotten, or a day dropped, and written after. */
export function doorHasMoved(): AppError {
  return new AppError(
    'unavailable',
    'A person was forgotten or old exchanges were dropped while this came in, and this ingest was ended. What was taken stays; send it again whole: nothing counts twice, and what may not be taken any more is told line by line.',
  );
}
