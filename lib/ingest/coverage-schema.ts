/** What the records of a run, or of all runs, carried. Only accepted records count: no reject and no duplicate. */
import { RECORD_SCHEMAS, type WeirRecord } from '@/lib/records/schema';

export type RecordKind = WeirRecord['record'];
export const RECORD_KINDS = Object.keys(RECORD_SCHEMAS) as RecordKind[];

/** The fields of each kind of record as the contract orders them, without `record` itself. */
export const CONTRACT_FIELDS = Object.fromEntries(
  RECORD_KINDS.map((kind) => [
    kind,
    Object.keys(RECORD_SCHEMAS[kind].shape).filter((field) => field !== 'record'),
  ]),
) as Record<RecordKind, string[]>;

/** Values that are counted beside the fields: exchanges whose time says only the day, or only the hour. */
export const AT_MIDNIGHT = 'occurred_at=midnight';
export const AT_FULL_HOUR = 'occurred_at=full hour';
/** The observations of a kind are counted as the field `kind=` and its name. */
export const KIND_FIELD = 'kind=';

/** Times are ISO 8601 strings in UTC. */
export interface FieldCount {
  /** Accepted records that carried it with something in it. */
  records: number;
  firstAt: string;
  lastAt: string;
}

/** Of one kind of record: how many, from when to when, and how many carried each field. */
export interface KindCoverage extends FieldCount {
  /** Fields that no record carried are absent. */
  fields: Record<string, FieldCount>;
}

/** Kinds of which no record came are absent. */
export type Coverage = Partial<Record<RecordKind, KindCoverage>>;

export type SignalId =
  | 'payment'
  | 'classes'
  | 'templates'
  | 'ip'
  | 'organization'
  | 'phone'
  | 'device'
  | 'client'
  | 'rhythm'
  | 'spend'
  | 'created'
  | 'email'
  | 'system_prompt'
  | 'model'
  | 'release'
  | 'tokens'
  | 'user_agent'
  | 'status'
  | 'access_path'
  | 'asn';

export type SignalState = 'off' | 'stopped' | 'partial' | 'on';

export interface SignalFinding {
  id: SignalId;
  /** What detection does with it, in two or three words. */
  label: string;
  state: SignalState;
  /** Whole sentence: what came and what follows. */
  sentence: string;
  /** What follows alone, for a table that has the share beside it. */
  follows: string;
  /** Fields that would feed it, as "account.payment_fingerprint". */
  fields: string[];
  /** Share in [0, 1] of the records that could carry it; null when it comes as observations, or nothing could. */
  share: number | null;
  /** Records that carried it, and records that could. */
  records: number;
  of: number;
}
