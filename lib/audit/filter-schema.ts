/** What the audit's page asks for, as it stands in the URL, and what it gets. */
import { z } from 'zod';
import type { AuditRow } from './schema';

export const AUDIT_VIEWS = ['all', 'decisions', 'enforcement', 'reads', 'access', 'refused'] as const;
export type AuditView = (typeof AUDIT_VIEWS)[number];

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/;

/** A UTC day (2026-09-24) or minute (2026-09-24T08:30) of this century. */
const moment = z
  .string()
  .regex(MOMENT)
  .refine((text) => isMoment(text))
  .optional()
  .catch(undefined);

function isMoment(text: string): boolean {
  const time = Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`);
  // Dates that no calendar has (30 February) come back as another day.
  return (
    Number.isFinite(time) &&
    new Date(time).toISOString().startsWith(text) &&
    text >= '2000-01-01' &&
    text < '2101'
  );
}

const text = (max: number) => z.string().trim().min(1).max(max).optional().catch(undefined);
const entryId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** Every field falls back on its default: an address that somebody mistyped still shows the audit. */
export const auditFilterSchema = z.object({
  view: z.enum(AUDIT_VIEWS).default('all').catch('all'),
  /** A word: object id or label, actor, verb or reason. */
  q: z.string().trim().max(200).default('').catch(''),
  /** From the beginning of this day or minute, UTC. */
  from: moment,
  /** To the end of this day or minute, UTC. */
  to: moment,
  /** "cluster.confirm", "cluster.*", and either with "!" for all others. */
  verb: text(64),
  /** "user:7". */
  actor: text(200),
  /** A type ("proposal"), a type and an id ("account:acct_1"), or an id of any type ("CL-12"). */
  object: text(240),
  /** Everything of one cluster, proposal or account ("cluster:CL-12"): its own entries and those of the proposals
   * about it. */
  about: text(240),
  outcome: z.enum(['done', 'refused']).optional().catch(undefined),
  order: z.enum(['newest', 'oldest']).default('newest').catch('newest'),
  /** Keyset: entries after this id in the order of reading. */
  cursor: entryId.optional().catch(undefined),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** An entry as a line of the list; long lists in it are left to the entry itself. */
export interface AuditLine extends AuditRow {
  /** Something long was left out of before, after or detail. */
  shortened: boolean;
  /** Set on the newest batch of an execution: it stands for all of them. */
  fold: AuditFold | null;
}

/** Batches of one execution, from one start or resume to the next stop, as one line. */
export interface AuditFold {
  entries: number;
  /** The oldest of them. */
  firstId: number;
  firstAt: string;
  stages: number[];
  done: number;
  dead: number;
  skipped: number;
}

/** How many entries match; beyond what is worth counting it is Postgres's estimate and says so. */
export interface AuditTotal {
  entries: number;
  exact: boolean;
}

export interface AuditPage {
  rows: AuditLine[];
  /** Cursor of the next page, or null at the end. */
  next: number | null;
}

/** What stands around the list. */
export interface AuditCounts {
  total: AuditTotal;
  /** Entries refused among all, for the tab's count. */
  refused: AuditTotal;
  actors: { actor: string; name: string }[];
}
