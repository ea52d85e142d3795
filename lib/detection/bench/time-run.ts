/** One whole run over DATABASE_URL; writes what it took into the file that is named. */
import { writeFileSync } from 'node:fs';
import { runDetection } from '@/lib/clusters/run-detection';
import { closeDatabase } from '@/lib/database/client';

export interface RunResult {
  seconds: { load: number; detect: number; keep: number };
  /** Of this process, threads and collector included; it says more than the clock while others use the machine. */
  processorSeconds: number;
  clusters: number;
  /** Of this process; Postgres is another. */
  peakBytes: number;
}

const { seconds, clusters } = await runDetection({ kind: 'cli', name: 'bench' });
await closeDatabase();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const result: RunResult = {
  seconds,
  processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
  clusters,
  peakBytes: maxRSS * 1024,
};
writeFileSync(process.argv[2]!, JSON.stringify(result));
