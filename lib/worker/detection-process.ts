/** The process in which the worker runs detection. */
import { runDetection } from '@/lib/clusters/run-detection';
import { closeDatabase } from '@/lib/database/client';

// Without a parent there is nobody left who would want the result.
process.on('disconnect', () => process.exit(1));

await runDetection({ kind: 'system', name: 'detection' });
await closeDatabase();
process.disconnect?.();
process.exit(0);
