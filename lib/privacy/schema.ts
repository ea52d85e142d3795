/** Forgetting a person: what is asked, and what came of it. */
import { z } from 'zod';

export const forgetSchema = z.object({
  /** The provider's id, exactly. */
  accountId: z.string().min(1, 'Name the account.').max(128),
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000).default('asked to be forgotten'),
});
export type ForgetInput = z.input<typeof forgetSchema>;

export interface ForgetResult {
  /** What stands in place of the id from now on. */
  name: string;
  /** Rows that were removed or changed, by table; tables with none are left out. */
  rows: Record<string, number>;
  /** Where the id still stands: text that may never be changed. Empty when it is gone everywhere. */
  left: { table: string; column: string; rows: number }[];
}
