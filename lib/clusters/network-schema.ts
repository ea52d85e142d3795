/** A selection in a cluster's network, and the accounts behind it. */
import { z } from 'zod';
import type { MemberRole } from './schema';

const nodeId = z.string().regex(/^[agv]:.{1,140}$/s);

export const networkSelectionSchema = z.object({
  nodes: z
    .array(nodeId, 'The selection is not one of this network. Select again.')
    .min(1, 'Nothing is selected. Select a shape first.')
    .max(400, 'At most 400 shapes can be selected at once.'),
  /** The group that was drawn account by account when it was selected. */
  expand: z.string().max(64).optional(),
});
export type NetworkSelection = z.infer<typeof networkSelectionSchema>;

export interface NetworkAccounts {
  accounts: number;
  core: number;
  weak: number;
  /** All but the weak ones, strongest first. */
  proposable: string[];
  /** The strongest, for the table. */
  rows: { accountId: string; name: string | null; role: MemberRole; strength: number }[];
  /** Selected nodes that the network no longer has. */
  unknown: number;
}
