import { database } from '@/lib/database/client';

/** True when every record here comes from the simulated world. Its addresses are private ones, so that none of them is
 * anybody's; there they stand for public ones, and are treated so. */
export async function isSimulated(): Promise<boolean> {
  const runs = await database().ingestRun.groupBy({ by: ['simulated'], where: { accepted: { gt: 0 } } });
  return runs.length === 1 && runs[0]?.simulated === true;
}
