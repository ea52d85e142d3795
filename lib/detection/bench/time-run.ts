/** One whole run over DATABASE_URL; writes what it took into the file that is named. */
import { writeFileSync } from 'node:fs';
import { runDetection } from '@/lib/clusters/run-detection';
import { closeDatabase } from '@/lib/database/client';

export interface RunResult {
  seconds: { load: number; detect: number; keep: number };
  clusters: number;
  /** Of this process; Postgres is another. */
  peakBytes: number;
}

const { seconds, clusters } = await runDetection({ kind: 'cli', name: 'bench' });
await closeDatabase();
const result: RunResult = { seconds, clusters, peakBytes: process.resourceUsage().maxRSS * 1024 };
writeFileSync(process.argv[2]!, JSON.stringify(result));
