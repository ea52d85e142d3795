/** What the parts of the world are made of: accounts that know when they act and what they say. */
import type { AccountRecord, ExchangeRecord } from '@/lib/records/schema';
import type { Knobs } from './knobs';
import type { Random } from './random';
import type { Campaign, GroupSize, Segment } from './scales';
import type { WorldClock } from './world-clock';

/** All of an exchange but its identity and time. */
export type ExchangeContent = Omit<ExchangeRecord, 'record' | 'exchange_id' | 'account_id' | 'occurred_at'>;

/** A moment at which an account acts; turn 0 opens a conversation, later turns follow up. */
export interface PlannedTurn {
  at: number;
  turn: number;
}

export interface AccountPlan {
  /** As sent at sign-up. */
  account: AccountRecord;
  part: { campaign: Campaign } | { segment: Segment };
  /** The account acts within [from, until). */
  from: number;
  until: number;
  bannedAt?: number;
  /** Moments within [dayStart, dayEnd), in any order. */
  planDay(dayStart: number, dayEnd: number): PlannedTurn[];
  /** Called once for each planned moment, in order of time. */
  compose(at: number, turn: number): ExchangeContent;
  /** Another signal that the provider saw at sign-up. */
  observation?: { kind: string; value: string };
}

/** What a builder of accounts is given. */
export interface BuildContext {
  clock: WorldClock;
  size: GroupSize;
  knobs: Knobs;
  random: Random;
  /** A new account id that tells nothing of its group. */
  nextAccountId(): string;
}
