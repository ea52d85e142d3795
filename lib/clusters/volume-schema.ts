/** What operations drew from the model, what acts prevented, and through which doors. */
import { z } from 'zod';
import { VOLUME_DAYS } from './fixed-sets';

export const volumeDaysSchema = z.coerce
  .number()
  .pipe(z.literal([...VOLUME_DAYS]))
  .default(90)
  .catch(90);

/** Accounts of clusters with both axes high, beside all accounts of the same programme or access path. */
export interface AbuseRow {
  /** "education"; null for accounts in no programme. */
  name: string | null;
  accounts: number;
  all: number;
  /** Of the access path's value, for its page; empty for a programme. */
  indicatorId: string;
}

export interface Volumes {
  /** UTC days up to the end of the latest run's window, oldest first, silent ones too. */
  days: { day: string; extracted: number; prevented: number }[];
  extracted: number;
  /** An estimate: as if banned accounts had gone on as in the 14 days before, less what came back. */
  prevented: number;
  clusters: number;
  releases: { model: string; day: string }[];
  bans: { day: string; accounts: number; clusterId: number; name: string }[];
  /** The same figures by campaign, most drawn first; null: of clusters in no campaign. */
  campaigns: { campaignId: number | null; extracted: number; prevented: number }[];
  programs: AbuseRow[];
  paths: AbuseRow[];
}
