/** Ingest runs as the settings page lists them. Times are ISO 8601 strings in UTC. */

export interface IngestRunRow {
  id: number;
  /** A file's name, or the key that sent a request: hostile text. */
  source: string;
  format: string;
  state: 'running' | 'done' | 'failed';
  simulated: boolean;
  startedAt: string;
  finishedAt: string | null;
  accepted: number;
  rejected: number;
  duplicates: number;
  /** Time of the newest record in it. */
  lastRecordAt: string | null;
}
