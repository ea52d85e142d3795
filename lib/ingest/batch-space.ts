/** Memory of a batch, used again by the next but one: tables that grew are worth keeping, and spare the collector. */
import { BinaryRows } from '@/lib/database/copy-binary';
import { IntTable } from './int-table';
import { TakenExchanges } from './taken-exchanges';

export class BatchSpace {
  /** (account key, id upper, id lower, 0) of the batch's exchanges */
  readonly seen = new IntTable(0);
  /** Exchanges that are new, and the same encoded. */
  readonly taken = new TakenExchanges();
  readonly rows = new BinaryRows();
  /** (id upper, id lower, 0, 0) of texts of new exchanges → sightings, part, place */
  readonly shown = new IntTable(3);

  clear(): void {
    this.seen.clear();
    this.taken.clear();
    this.rows.clear();
    this.shown.clear();
  }
}
