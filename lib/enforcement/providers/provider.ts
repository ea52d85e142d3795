/** Whoever can act on accounts. Weir asks, the provider acts; what it answers is written down word for word. */
import type { StatusAction } from '../schema';

export interface ProviderCall {
  /** The same for every try of one account in one proposal: a provider acts on a key once. */
  idempotencyKey: string;
  accountId: string;
  action: StatusAction;
  /** From 1. */
  attempt: number;
}

export type ProviderAnswer =
  /** The account is in the state. `repeated`: an earlier try had done it, this one changed nothing. */
  | { kind: 'done'; repeated: boolean }
  /** It did not work this time, or nobody knows whether it did: the same key is tried again later. */
  | { kind: 'failed'; note: string }
  /** It never will: the provider does not know the account, or will not do this. */
  | { kind: 'refused'; note: string };

export interface Provider {
  /** What people read. */
  name: string;
  /** True when no real account is touched. */
  simulated: boolean;
  /** Milliseconds after which a call without an answer counts as failed. */
  timeoutMs: number;
  act(call: ProviderCall): Promise<ProviderAnswer>;
}
