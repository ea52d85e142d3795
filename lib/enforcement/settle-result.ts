/** Pure: what an item is after its call. */
import type { CallResult } from './call-provider';
import { MAX_ATTEMPTS, retrySeconds } from './rules';
import type { ItemState } from './schema';

export interface Settled {
  result: CallResult;
  attempts: number;
  state: ItemState;
  /** In words; null when it was not called. */
  outcome: string | null;
  /** Seconds until the next try. */
  retrySeconds: number;
  /** Whether the call may have taken effect and nobody knows. */
  unsure: boolean;
  /** Not called, and not under way before: the caps no longer count it. */
  givenBack: boolean;
}

const FIRST_TRY = 'first try';
const SHADOW_OUTCOME = 'shadow mode: the provider was not called';

/** Settled by an answer. Each field by itself: spreading objects costs as much as the database does. */
const settled = (
  result: CallResult,
  state: ItemState,
  outcome: string,
  unsure = false,
  seconds = 0,
): Settled => ({
  result,
  attempts: result.attempts,
  state,
  outcome,
  retrySeconds: seconds,
  unsure,
  givenBack: false,
});

export function settle(result: CallResult, shadow: boolean): Settled {
  const { attempts, answer } = result;
  if (!answer) {
    const state = attempts > 1 ? 'retrying' : 'waiting';
    const back = { attempts: attempts - 1, outcome: null, retrySeconds: 0, unsure: false };
    return { result, state, ...back, givenBack: result.fresh };
  }
  if (answer.kind === 'refused') return settled(result, 'dead', answer.note);
  if (answer.kind === 'done') {
    const again = 'an earlier try had done it, same key: no second effect';
    return settled(result, 'done', shadow ? SHADOW_OUTCOME : answer.repeated ? again : tryName(attempts));
  }
  if (attempts >= MAX_ATTEMPTS)
    return settled(result, 'dead', `${answer.note}, given up after ${attempts} tries`, true);
  const seconds = retrySeconds(attempts);
  const outcome = `${answer.note}, ${tryName(attempts + 1)} in ${seconds} s`;
  return settled(result, 'retrying', outcome, true, seconds);
}

/** "first try", "2nd try". */
function tryName(attempt: number): string {
  if (attempt === 1) return FIRST_TRY;
  return `${attempt}${attempt === 2 ? 'nd' : attempt === 3 ? 'rd' : 'th'} try`;
}

/** How the audit lists an account: its id alone when the first try did it, else with what happened. */
export function auditAccount({ result, state, attempts, outcome }: Settled): string | object {
  if (state === 'done' && outcome === FIRST_TRY) return result.accountId;
  return { id: result.accountId, state, try: attempts, outcome };
}
