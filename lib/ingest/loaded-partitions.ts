/** The partitions that one run makes: each gets its indexes once the run has gone past it. */
import { foldTotals } from './account-totals';
import { type BatchDays, indexPartitions, makePartitions, partitionsOf } from './partitions';

/** A batch over more days than these is not in order of time: a partition cannot be left before the end. */
const DAYS_IN_ORDER = 4;

export class LoadedPartitions {
  private readonly days = { exchanges: new Set<number>(), observations: new Set<number>() };
  private readonly unindexed = new Set<string>();
  private indexing: Promise<void> = Promise.resolve();

  /** Makes those that are missing. */
  async make(days: BatchDays): Promise<void> {
    const wanted = {
      exchanges: new Set([...days.exchanges].filter((day) => !this.days.exchanges.has(day))),
      observations: new Set([...days.observations].filter((day) => !this.days.observations.has(day))),
    };
    if (wanted.exchanges.size + wanted.observations.size === 0) return;
    for (const { name } of await makePartitions(wanted)) this.unindexed.add(name);
    for (const day of wanted.exchanges) this.days.exchanges.add(day);
    for (const day of wanted.observations) this.days.observations.add(day);
  }

  /** Call when a batch has been committed: indexes what it has left behind, while the next is made. */
  written(days: BatchDays): void {
    const inUse = new Set<string>();
    for (const { name, table } of partitionsOf(days)) {
      if (table.table !== 'exchange' || days.exchanges.size <= DAYS_IN_ORDER) inUse.add(name);
    }
    const left = [...this.unindexed].filter((name) => !inUse.has(name));
    if (left.length === 0) return;
    for (const name of left) this.unindexed.delete(name);
    this.index(left);
  }

  /** Waits until everything is indexed and summed. */
  async finish(): Promise<void> {
    if (this.unindexed.size > 0) this.index([...this.unindexed]);
    this.unindexed.clear();
    await this.indexing;
    await foldTotals();
  }

  private index(names: string[]): void {
    this.indexing = this.indexing.then(() => indexPartitions(names));
    // Thrown where somebody waits; until then it must not count as unhandled.
    this.indexing.catch(() => {});
  }
}

/** Does what an interrupted load left to do: indexes every partition and sums every account. */
export async function tidyTelemetry(): Promise<void> {
  await indexPartitions();
  await foldTotals();
}
