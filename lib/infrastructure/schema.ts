/** Lists of infrastructure that strangers are known to share: VPN exits, hosting, campus networks. */
import { z } from 'zod';
import { storableId } from '@/lib/storable-id';

/** The kinds of list that have a name of their own; any other is named by whoever imports it. */
export const LIST_TYPES = { vpn: 'VPN exits', hosting: 'Hosting', campus: 'Campus' } as const;

/** What people read for a list's type. */
export const listTypeLabel = (type: string): string =>
  Object.hasOwn(LIST_TYPES, type) ? LIST_TYPES[type as keyof typeof LIST_TYPES] : type;

export const MAX_LINES = 250_000;
const MAX_CHARACTERS = 16_000_000;
const LONGEST_DAYS = 730;

/** Why an entry does not count until a person has confirmed it. */
export const HELD_REASONS = {
  wide: 'wider than /12 (IPv6: /32)',
  overlap: 'on another list already',
  identity: 'a card, phone or device',
} as const;
export type HeldReason = keyof typeof HELD_REASONS;
const heldReasons = Object.keys(HELD_REASONS) as [HeldReason, ...HeldReason[]];

const reason = z.string().trim().min(3, 'Say why, in a few words.').max(2000);

export const importListSchema = z.object({
  name: z.string().trim().min(1, 'Give the list a name.').max(80, 'The name has at most 80 characters.'),
  type: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9 _-]{0,39}$/, 'The type is a word, as vpn, hosting, campus or carrier.'),
  source: z
    .string()
    .trim()
    .min(3, 'Say where the list comes from.')
    .max(300, 'The source has at most 300 characters.'),
  /** The last day (UTC) on which it counts, YYYY-MM-DD. */
  until: z.iso.date('Give the last day as YYYY-MM-DD.').superRefine((day, context) => {
    const days = (Date.parse(`${day}T00:00:00Z`) - Date.now()) / 86_400_000;
    if (days < -1) context.addIssue({ code: 'custom', message: `${day} is over already. Give a later day.` });
    if (days > LONGEST_DAYS)
      context.addIssue({
        code: 'custom',
        message: `A list counts for at most ${LONGEST_DAYS} days; import it again before then.`,
      });
  }),
  text: z
    .string()
    .min(1, 'The list is empty.')
    .max(MAX_CHARACTERS, 'The list is longer than 16 million characters. Import it in parts.'),
});
export type ImportListInput = z.infer<typeof importListSchema>;

const listId = storableId('There is no such list. Reload the page.');

export const settleHeldSchema = z.object({
  listId,
  /** Which of the held entries: all that are held for this. */
  held: z.enum(heldReasons),
  /** Whether they count from now on, or are taken out. */
  take: z.boolean(),
  reason,
});
export type SettleHeldInput = z.infer<typeof settleHeldSchema>;

export const endListSchema = z.object({ listId, reason });
export type EndListInput = z.infer<typeof endListSchema>;

export interface BadLine {
  line: number;
  reason: string;
}

/** What became of an import. */
export interface ImportReport {
  listId: number;
  name: string;
  lines: number;
  /** Entries that count from the next run on. */
  taken: number;
  /** Lines that say again what an earlier one said. */
  repeated: number;
  held: Record<HeldReason, number>;
  badLines: number;
  /** The first thousand of them. */
  bad: BadLine[];
  /** The list of the same name that this one took the place of. */
  replaced: number | null;
}

export interface ListRow {
  id: number;
  name: string;
  type: string;
  source: string;
  importedBy: string | null;
  importedAt: string;
  /** The last day on which it counts, YYYY-MM-DD. */
  lastDay: string;
  state: 'in_force' | 'expired' | 'ended';
  endedReason: string | null;
  entries: number;
  held: Partial<Record<HeldReason, HeldGroup>>;
  lines: number;
  repeated: number;
  badLines: number;
  bad: BadLine[];
  /** Values of accounts that it took the weight of in the latest run; null when that run did not know it. */
  matched: number | null;
}

export interface HeldGroup {
  count: number;
  /** The first few, by line. */
  examples: { line: number; kind: string; value: string }[];
}
