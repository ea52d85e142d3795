/** Pure decisions of an execution: how much at once, for how long, and what a cap leaves. */
import type { Provider } from './providers/provider';
import type { Caps, Pace } from './rules';
import { proposalRef } from './rules';

/** Milliseconds after the beginning of a claim in which its calls may be sent. What the claim looked at (the kill
 * switch, a pause, the holds) is never older than this when a call goes out. Monotonic time of the process. */
export const SEND_WITHIN_MS = 2_000;

/** Milliseconds that a transaction of the worker may stand still before Postgres ends it: a worker that is stopped in
 * the middle of one would hold everybody up. */
export const STANDSTILL_MS = 5_000;

/** Most accounts in one batch: one transaction claims them, one records them. */
const MOST_IN_BATCH = 5_000;

/** A second's worth; where the provider is too slow for that, about twice what went out the last time.
 * @param called how many calls the last batch got out, when it did not get all of them out */
export function batchSize({ perSecond }: Pace, called?: number): number {
  const most = Math.min(MOST_IN_BATCH, Math.max(1, Math.ceil(perSecond)));
  return called === undefined ? most : Math.min(most, Math.max(1, called * 2));
}

/** Calls under way at once: enough for the rate where a call takes a tenth of a second. */
export function lanes({ perSecond }: Pace): number {
  return Math.min(256, Math.max(8, Math.ceil(perSecond / 10)));
}

/** The longest lease, and the longest wait for another try. What is due later than both is of a clock that has jumped
 * back. */
const LONGEST_LEASE = 90;
export const FAR_OFF_SECONDS = LONGEST_LEASE + 60;

/** Seconds after which a claim whose holder vanished may be taken over, with the same keys: time enough to send, to
 * wait for the last answer and to write it down. */
export function leaseSeconds(provider: Pick<Provider, 'timeoutMs'>): number {
  const needed = Math.ceil((SEND_WITHIN_MS + provider.timeoutMs) / 1000) + 15;
  return Math.min(LONGEST_LEASE, Math.max(30, needed));
}

/** Accounts that were claimed so far: by this list (each once), today by all lists of who proposed it, in the last hour by all. */
export interface CapUse {
  list: number;
  listPaying: number;
  personDay: number;
  hour: number;
}

/** What the hard caps leave; where it is nothing, the words for it, and whether time alone helps. */
export interface CapsLeft {
  accounts: number;
  /** Only of accounts that were counted for this list before. */
  onlyAgain: boolean;
  note: string;
  goesOn: boolean;
}

export function capsLeft(caps: Caps, used: CapUse, proposal: { id: number; proposerName: string }): CapsLeft {
  const ref = proposalRef(proposal.id);
  if (used.personDay >= caps.personDay) {
    const note = `Paused by itself: the lists of ${proposal.proposerName} have reached ${number(caps.personDay)} accounts today, all that one person may. Resume it after 00:00 UTC.`;
    return { accounts: 0, onlyAgain: false, note, goesOn: false };
  }
  if (used.hour >= caps.hour) {
    const note = `Waits: ${number(caps.hour)} accounts in the last hour, all that the deployment allows. It goes on by itself.`;
    return { accounts: 0, onlyAgain: false, note, goesOn: true };
  }
  const accounts = Math.min(caps.personDay - used.personDay, caps.hour - used.hour);
  if (used.list >= caps.action) {
    const note = `Paused by itself: ${ref} has reached ${number(caps.action)} accounts, all that one action may. The cap is set in the deployment.`;
    return { accounts, onlyAgain: true, note, goesOn: false };
  }
  return { accounts: Math.min(accounts, caps.action - used.list), onlyAgain: false, note: '', goesOn: true };
}

/** So many paying accounts are no matter of shares yet. */
const FEW_PAYING = 10;

/** How many paying accounts a list of so many may reach. */
export function payingLimit(caps: Pick<Caps, 'payingPercent'>, listed: number): number {
  return Math.max(FEW_PAYING, Math.floor((listed * caps.payingPercent) / 100));
}

export function payingNote(caps: Caps): string {
  return `Paused by itself: more than ${caps.payingPercent} % of its accounts pay by now, more than the deployment allows. Stop it and propose the others anew.`;
}

const number = (value: number): string => value.toLocaleString('en-US');
