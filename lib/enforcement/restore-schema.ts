/** Taking back what was done: what goes in, and what its preview tells. */
import { z } from 'zod';
import type { AccountState } from './rules';
import { type EnforcementAction, type Guardrail, proposalIdSchema, reasonSchema } from './schema';

const restoreFields = z.object({
  /** What this proposal did; with accountIds, to these of its accounts. */
  proposalId: proposalIdSchema.optional(),
  /** Without a proposal: what was done last to these accounts and still stands. */
  accountIds: z.array(z.string().min(1).max(128)).min(1, 'Nobody is named.').max(50_000).optional(),
});
const either = (input: z.infer<typeof restoreFields>) =>
  input.proposalId !== undefined || input.accountIds !== undefined;
const EITHER = 'Say what to restore: a proposal or accounts.';

export const previewRestoreSchema = restoreFields.refine(either, EITHER);
export type PreviewRestoreInput = z.infer<typeof restoreFields>;

export const restoreSchema = restoreFields
  .extend({
    reason: reasonSchema,
    sha256: z.string('Look at the list first.').regex(/^[0-9a-f]{64}$/, 'Look at the list first.'),
  })
  .refine(either, EITHER);

/** `sha256` is what a person saw; a verb of Weir's own that names the accounts itself has no preview. */
export type RestoreInput = PreviewRestoreInput & {
  reason: string;
  sha256?: string;
  source?: 'restore' | 'appeal';
  /** Kept with the proposal, as which appeals it answers. */
  detail?: Record<string, unknown>;
};

/** The restore page's address: what is to be taken back. */
export const restoreQuerySchema = z
  .object({
    proposal: proposalIdSchema.optional(),
    account: z.string().min(1).max(128).optional(),
  })
  .refine(({ proposal, account }) => (proposal === undefined) !== (account === undefined));

/** Why an account is not restored: nothing was done to it, it was taken back, somebody changed it since, a later action
 * stands, another live proposal restores it, or a hold. */
export type NotRestored = 'untouched' | 'restored' | 'changed' | 'later' | 'under_way' | 'held';

export interface RestoreRow {
  accountId: string;
  /** The proposal that is taken back for it. */
  of: number;
  action: EnforcementAction;
  current: AccountState;
  /** The state to return to; null when only countermeasures are lifted. */
  returnsTo: AccountState | null;
  lifts: string[];
  /** Nobody knows whether the provider did what is taken back. */
  unsure: boolean;
}

export interface RestorePreview {
  sha256: string;
  accountCount: number;
  guardrails: Guardrail[];
  approvalsRequired: number;
  freshMinutes: number | null;
  /** The first 200. */
  rows: RestoreRow[];
  leftOut: Record<NotRestored, number>;
  leftAccounts: { accountId: string; why: NotRestored; note: string }[];
}
