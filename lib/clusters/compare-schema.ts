/** Accounts of a cluster beside each other. */
import { z } from 'zod';
import type { MemberRow } from './schema';

export const comparedSchema = z
  .array(z.string().min(1).max(256))
  .min(2, 'Select two accounts or more to compare them.')
  .max(100);

export interface Comparison {
  accounts: MemberRow[];
  /** Values that at least two of them have, rarest first. */
  shared: {
    kind: string;
    /** Null where the reader may not see it. */
    value: string | null;
    /** Decimal string of its id; empty where hidden. */
    indicatorId: string;
    /** For each account, whether it has it. */
    holders: boolean[];
    /** Accounts that have it, in all; at least so many when `atLeast`. */
    population: number;
    atLeast: boolean;
  }[];
}
