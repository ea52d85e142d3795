/** Audit entries as screens and exports show them. */
import { z } from 'zod';

/** Every verb that is written down, by noun. */
export const AUDIT_VERBS = [
  'user.sign_in',
  'user.add',
  'user.disable',
  'user.set_role',
  'key.add',
  'key.revoke',
  'records.ingest',
  'records.drop',
  'account.forget',
  'detection.run',
  'cluster.find',
  'cluster.claim',
  'cluster.release',
  'cluster.confirm',
  'cluster.dismiss',
  'cluster.reopen',
  'cluster.comment',
  'proposal.create',
  'proposal.approve',
  'proposal.reject',
  'proposal.withdraw',
  'proposal.expire',
  'enforcement.start',
  'enforcement.apply',
  'enforcement.pause',
  'enforcement.resume',
  'enforcement.stop',
  'enforcement.finish',
  'setting.change',
  'provider.test',
  'data.export',
] as const;
export type AuditVerb = (typeof AUDIT_VERBS)[number];

export const OBJECT_TYPES = [
  'user',
  'key',
  'records',
  'detection',
  'cluster',
  'proposal',
  'account',
  'setting',
  'export',
] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

/** What a verb hands over to be written with its change. */
export interface NewAuditEntry {
  verb: AuditVerb;
  object: { type: ObjectType; id: string; label?: string };
  outcome?: 'done' | 'refused';
  reason?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  detail?: Record<string, unknown>;
}

export interface AuditRow {
  id: number;
  at: string;
  actor: string;
  actorName: string;
  verb: string;
  objectType: string;
  objectId: string;
  objectLabel: string | null;
  outcome: 'done' | 'refused';
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  detail: Record<string, unknown> | null;
}

export const AUDIT_VIEWS = ['all', 'decisions', 'enforcement', 'access', 'refused'] as const;

/** The audit page's filters, as they stand in the URL. */
export const auditFilterSchema = z.object({
  view: z.enum(AUDIT_VIEWS).default('all').catch('all'),
  /** A word: object id or label, actor, verb or reason. */
  q: z.string().trim().max(200).default('').catch(''),
  /** UTC day, YYYY-MM-DD. */
  day: z.iso
    .date()
    .refine((day) => day >= '2000-01-01' && day <= '2100-12-31')
    .optional()
    .catch(undefined),
  verb: z.string().max(64).optional().catch(undefined),
  actor: z.string().max(64).optional().catch(undefined),
  object: z.string().max(160).optional().catch(undefined),
  outcome: z.enum(['done', 'refused']).optional().catch(undefined),
  /** Keyset: entries with a smaller id than this. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export interface AuditPage {
  rows: AuditRow[];
  /** All entries that match the filter. */
  total: number;
  /** Entries refused among all, for the tab's count. */
  refused: number;
  /** Cursor of the next page, or null at the end. */
  next: number | null;
  actors: { actor: string; name: string }[];
}
