/** Pure: what an item is after its call. */
import type { CallResult } from './call-provider';
import { type AccountState, MAX_ATTEMPTS, retrySeconds } from './rules';
import type { ItemState } from './schema';

export interface Settled {
  accountKey: number;
  accountId: string;
  attempts: number;
  state: ItemState;
  /** In words; null when it was not called. */
  outcome: string | null;
  tookMs: number;
  /** Seconds until the next try. */
  retrySeconds: number;
  /** Whether the call may have taken effect and nobody knows. */
  unsure: boolean;
  /** Not called, and not under way before: the caps no longer count it. */
  givenBack: boolean;
  /** What the account was before the call. */
  previous: AccountState;
  fresh: boolean;
  again: boolean;
  paying: boolean;
}

const FIRST_TRY = 'first try';
const SHADOW_OUTCOME = 'shadow mode: the provider was not called';

export function settle(result: CallResult, shadow: boolean): Settled {
  const { accountKey, accountId, attempts, tookMs, answer, fresh, again, paying, current: previous } = result;
  const of = { accountKey, accountId, attempts, tookMs, fresh, again, paying, previous };
  const base = { ...of, retrySeconds: 0, unsure: false, givenBack: false };
  if (!answer) {
    const state = attempts > 1 ? 'retrying' : 'waiting';
    return { ...base, attempts: attempts - 1, state, outcome: null, givenBack: result.fresh };
  }
  if (answer.kind === 'refused') return { ...base, state: 'dead', outcome: answer.note };
  if (answer.kind === 'done') {
    const again = 'an earlier try had done it, same key: no second effect';
    const outcome = shadow ? SHADOW_OUTCOME : answer.repeated ? again : tryName(attempts);
    return { ...base, state: 'done', outcome };
  }
  if (attempts >= MAX_ATTEMPTS) {
    return {
      ...base,
      unsure: true,
      state: 'dead',
      outcome: `${answer.note}, given up after ${attempts} tries`,
    };
  }
  const seconds = retrySeconds(attempts);
  const outcome = `${answer.note}, ${tryName(attempts + 1)} in ${seconds} s`;
  return { ...base, unsure: true, state: 'retrying', outcome, retrySeconds: seconds };
}

/** "first try", "2nd try". */
function tryName(attempt: number): string {
  if (attempt === 1) return FIRST_TRY;
  return `${attempt}${attempt === 2 ? 'nd' : attempt === 3 ? 'rd' : 'th'} try`;
}

/** How the audit lists an account: its id alone when the first try did it, else with what happened. */
export function auditAccount({ accountId, state, attempts, outcome }: Settled): string | object {
  if (state === 'done' && outcome === FIRST_TRY) return accountId;
  return { id: accountId, state, try: attempts, outcome };
}
