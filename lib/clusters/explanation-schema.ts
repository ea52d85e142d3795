import type { SharedValue } from './review-schema';
import type { MemberRole } from './schema';

/** Why an account is in a cluster, and how strongly. */
export interface MemberExplanation {
  role: MemberRole;
  /** Retention, 0 to 1; under `weakUnder` it would be shown and never proposed. */
  strength: number;
  weakUnder: number;
  /** What holds it, strongest first, with the strength that is left without it; null until a run has written it. */
  kinds: { kind: string; without: number | null; stays: boolean | null }[];
  /** Rarest first. */
  shared: SharedValue[];
}
