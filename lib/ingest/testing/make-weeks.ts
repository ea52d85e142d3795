/** For tests that write rollups by hand: the partitions of the days that they name, as ingest makes them. */
import { indexPartitions, makePartitions } from '../partitions';

/** @param days as "2026-09-01" */
export async function makeWeeks(...days: string[]): Promise<void> {
  const numbers = new Set(days.map((day) => Date.parse(day) / 86_400_000));
  await makePartitions({ exchanges: numbers, observations: numbers });
  await indexPartitions();
}
