/** Whoever can act on accounts. Weir asks, the provider acts; what it answers is written down word for word. */
import type { Notice, ReasonCode } from '../notice-schema';
import type { AccountState } from '../rules';
import type { EnforcementAction } from '../schema';

/** One of the setting enforcement.countermeasures, by the name it had when the proposal was made. */
interface NamedCountermeasure {
  id: string;
  name: string;
}

export interface ProviderCall {
  /** The same for every try of one account in one proposal: a provider acts on a key once. */
  idempotencyKey: string;
  /** "P-12". */
  proposal: string;
  accountId: string;
  action: EnforcementAction;
  /** The state to bring about. For a restore the one before; for a countermeasure the one that the account is in. */
  state: AccountState;
  /** The countermeasure to set; null for every other action. */
  countermeasure: NamedCountermeasure | null;
  /** The countermeasures that a restore lifts; empty for every other action. */
  lifts: readonly NamedCountermeasure[];
  reasonCode: ReasonCode;
  notice: Notice;
  /** From 1. */
  attempt: number;
}

export type ProviderAnswer =
  /** The account is in the state. `repeated`: an earlier try had done it, this one changed nothing. */
  | { kind: 'done'; repeated: boolean }
  /** It did not work this time, or nobody knows whether it did: the same key is tried again later. */
  | { kind: 'failed'; note: string }
  /** It never will: the provider does not know the account, or will not do this. */
  | { kind: 'refused'; note: string }
  /** Nothing that could change the account was written: it was no longer to be sent. */
  | { kind: 'unsent'; note: string };

export interface Provider {
  /** What people read. */
  name: string;
  /** True when no real account is touched. */
  simulated: boolean;
  /** Milliseconds after which a call without an answer counts as failed. */
  timeoutMs: number;
  /**
   * @param signal ends a call that nobody waits for any more; what came of it stays unknown
   * @param mayStillSend to be asked right before every request that could change the account
   */
  act(call: ProviderCall, signal?: AbortSignal, mayStillSend?: () => boolean): Promise<ProviderAnswer>;
}

/** The provider that is configured, and whether it runs in shadow mode: then everything happens but the call. */
export interface ChosenProvider {
  provider: Provider;
  shadow: boolean;
}
