/** What a word finds on the desk. */
import { z } from 'zod';
import type { AccountStatus } from './account-schema';
import type { ClusterStatus } from './schema';

/** Options of each sort that are offered. */
export const FOUND_EACH = 8;

export const searchSchema = z.object({
  q: z.string().trim().max(128).default('').catch(''),
  /** Values take longer to look through than names: they are asked for apart. */
  in: z.enum(['names', 'values']).default('names').catch('names'),
});
export type SearchInput = z.infer<typeof searchSchema>;

export interface Found {
  clusters: {
    id: number;
    name: string;
    status: ClusterStatus;
    reopenedCause: string | null;
    score: number;
    accounts: number;
  }[];
  accounts: { id: string; displayName: string | null; status: AccountStatus }[];
  campaigns: { id: number; name: string; clusters: number }[];
  proposals: { id: number; action: string; status: string; accounts: number }[];
  indicators: { id: string; kind: string; value: string }[];
}
