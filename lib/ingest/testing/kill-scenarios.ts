/** Ways to die in the middle of an ingest. Each ends with everything sent again, and answers what is then stored. */
import { setTimeout as pause } from 'node:timers/promises';
import { countEverything } from './count-everything';
import type { IngestProcess, KillBench } from './kill-bench';
import { writeMixedWorld } from './mixed-world';

export type Victim = 'ingest' | 'Postgres' | 'one of two ingests';

type Everything = Awaited<ReturnType<typeof countEverything>>;

export class KillScenarios {
  private made = 0;

  private constructor(
    private readonly bench: KillBench,
    /** What one pass that nobody disturbs leaves behind. */
    readonly clean: Everything,
    /** How long that pass took from its beginning, in ms. */
    private readonly cleanMs: number,
  ) {}

  static async prepare(bench: KillBench, seed: number, exchanges: number): Promise<KillScenarios> {
    // Enough that a batch has more accounts than ingest updates one by one.
    const accounts = Math.ceil(exchanges / 6);
    const world = { seed, exchanges, accounts };
    const shared = { seed, exchanges: Math.floor(exchanges * 0.7), accounts };
    await writeMixedWorld(bench.file('all.ndjson'), world);
    await writeMixedWorld(bench.file('first.ndjson'), shared);
    await writeMixedWorld(bench.file('last.ndjson'), { ...shared, from: exchanges - shared.exchanges });
    return bench.withDatabase('clean', async (database) => {
      const ingest = bench.ingest(database, bench.file('all.ndjson'));
      await bench.begun(database, 1);
      const began = performance.now();
      await ingest.ended;
      const ms = performance.now() - began;
      return new KillScenarios(bench, await countEverything(bench.url(database)), ms);
    });
  }

  /**
   * Kills the victim once `share` of a clean pass' time has gone, then sends everything again, undisturbed.
   * A victim that had ended by then is killed sooner in the next try.
   */
  async run(victim: Victim, share: number): Promise<Everything> {
    for (let at = share; ; at *= 0.7) {
      const stored = await this.bench.withDatabase(`kill_${this.made++}`, (database) =>
        this.tryToKill(victim, at, database),
      );
      if (stored) return stored;
    }
  }

  private async tryToKill(victim: Victim, share: number, database: string): Promise<Everything | undefined> {
    const { bench } = this;
    const files = (victim === 'one of two ingests' ? ['first', 'last'] : ['all']).map((name) =>
      bench.file(`${name}.ndjson`),
    );
    const going = files.map((file) => bench.ingest(database, file));
    await bench.begun(database, going.length);
    // No wait for anything: the moment itself is what is drawn.
    await pause(this.cleanMs * share);
    const [dying, ...others] = going;
    if (!(await this.kill(victim, dying!))) return undefined;
    for (const other of others) await other.ended;
    for (const file of files) await bench.ingest(database, file).ended;
    return countEverything(bench.url(database));
  }

  /** @returns false when it had ended before */
  private async kill(victim: Victim, { child, ended }: IngestProcess): Promise<boolean> {
    if (victim === 'Postgres') await this.bench.killPostgres();
    else child.kill('SIGKILL');
    const words = await ended.then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (words === undefined) return false;
    const expected = victim === 'Postgres' ? /ended with 1: weir: .+\n$/ : /ended with SIGKILL/;
    if (!expected.test(words)) throw new Error(`it died of something else: ${words}`);
    return true;
  }
}
