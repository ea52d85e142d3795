/** Accounts that no list may hold: the never-ban list and legal holds. */
import { z } from 'zod';
import { storableId } from '@/lib/storable-id';
import { type HoldKind, reasonSchema } from './schema';

export const HOLD_KINDS = ['never_ban', 'legal_hold'] as const satisfies readonly HoldKind[];

export const HOLD_LABELS: Record<HoldKind, string> = {
  never_ban: 'Never-ban list',
  legal_hold: 'Legal hold',
};

export const HOLD_NOTES: Record<HoldKind, string> = {
  never_ban: 'nothing is done to it; taking back what was done stays possible',
  legal_hold: 'nothing is done to it, nothing is taken back, and it is not forgotten',
};

export const addHoldSchema = z.object({
  kind: z.enum(HOLD_KINDS),
  /** One or many account ids, as a pasted list. */
  accounts: z.string().trim().min(1, 'Name at least one account.').max(1_000_000),
  reason: reasonSchema,
  /** The last day (UTC) on which it holds, YYYY-MM-DD; without one it holds until it is ended. */
  until: z.iso.date('Give the day as YYYY-MM-DD.').optional(),
});
export type AddHoldInput = z.infer<typeof addHoldSchema>;

export const endHoldSchema = z.object({
  holdId: storableId('There is no such hold. Reload the page.'),
  reason: reasonSchema,
});
export type EndHoldInput = z.infer<typeof endHoldSchema>;

export interface HoldRow {
  id: number;
  kind: HoldKind;
  accountId: string;
  reason: string;
  createdBy: string | null;
  createdAt: string;
  /** The last day on which it holds, YYYY-MM-DD, or null. */
  lastDay: string | null;
}
