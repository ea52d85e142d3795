/** `weir clusters export` */
import { once } from 'node:events';
import { exportClusters } from '@/lib/clusters/export-clusters';
import { UsageError } from './usage';
import { cliActor, withState } from './with-state';

export async function exportClustersCommand(args: string[]): Promise<void> {
  if (args.length > 0) throw new UsageError('clusters export takes no arguments');
  await withState(async () => {
    for await (const line of exportClusters(cliActor())) {
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
    }
  });
}
