/** What is kept and for how long, as the ingest page shows it. */
export interface RetentionReport {
  /** The periods in force, in days; null when the deployment's configuration is wrong, and then `problem` says how. */
  periods: { rawDays: number; exemplarDays: number } | null;
  problem: string | null;
  /** Days (UTC) of raw exchanges that are there, and the oldest of them, YYYY-MM-DD. */
  raw: { days: number; oldestDay: string | null };
  /** What was dropped so far. */
  dropped: { days: number; exchanges: number; newestDay: string; lastAt: string } | null;
  exemplars: { kept: number; templates: number; nextExpiresAt: string | null };
  forgottenAccounts: number;
}
