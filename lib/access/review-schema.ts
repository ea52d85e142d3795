/** The access review: who may do what, and who did. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import type { Right } from './rules';
import type { Role } from './schema';

export const REVIEW_DAYS = [30, 90, 365] as const;

export const reviewFilterSchema = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([...REVIEW_DAYS]))
    .default(90)
    .catch(90),
});
export type ReviewFilter = z.infer<typeof reviewFilterSchema>;

/** One verb of one actor within the period. */
export interface VerbCount {
  verb: string;
  done: number;
  refused: number;
  lastAt: string;
}

export interface ReviewedRight {
  right: Right;
  /** "approve or reject proposals". */
  words: string;
  roles: Role[];
  /** People who have it now: enabled, by name. */
  people: { id: number; name: string; uses: number | null }[];
}

export interface ReviewedPerson {
  id: number;
  name: string;
  /** Null for readers without 'desk.read_sensitive'. */
  email: string | null;
  role: Role;
  state: 'active' | 'locked' | 'disabled';
  createdAt: string;
  lastSignInAt: string | null;
  /** True with a second factor. */
  hasCode: boolean;
  done: number;
  refused: number;
  /** Most used first. */
  verbs: VerbCount[];
  /** Rights that were not used within the period, though they can be. */
  unused: Right[];
  /** What a reviewer should ask about, in words. */
  findings: string[];
}

export interface ReviewedKey {
  id: number;
  name: string;
  prefix: string;
  createdBy: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  scopes: readonly string[];
  expiresAt: string | null;
  finding: string | null;
}

/** The command line, keys and Weir's own parts. */
export interface ReviewedMachine {
  actor: string;
  name: string;
  done: number;
  refused: number;
  verbs: VerbCount[];
}

export interface AccessReview {
  from: string;
  to: string;
  days: number;
  rights: ReviewedRight[];
  people: ReviewedPerson[];
  keys: ReviewedKey[];
  machines: ReviewedMachine[];
  /** Refused attempts by person and verb, most first. */
  refusals: { actor: string; name: string; verb: string; refused: number; lastAt: string }[];
}
