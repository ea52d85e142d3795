/** Which values and texts of a batch the dictionary does not hold yet, as far as this run knows. */
import type pg from 'pg';
import type { Batch } from './batch';
import type { Turns } from './exchange-turns';
import { IntTable } from './int-table';
import { TEXT_KINDS, textAt } from './sketched-chunk';
import { TextSightings } from './text-sightings';
import type { News } from './vocabulary';
import type { NewIndicator } from './write-indicators';

const REMEMBERED = 4_000_000;

export class NewTexts {
  private readonly sightings = new TextSightings();
  /** (id upper, id lower, 0, 0) of what the dictionary holds for good. */
  private held = new IntTable(0);
  private found: NewIndicator[] = [];

  /** Puts down values that are not known to be in the dictionary: they enter it with the batch. */
  addValues(batch: Batch, { ids, kinds, values }: News): void {
    for (let n = 0; n < values.length; n++) {
      const high = ids[n * 2]!;
      const low = ids[n * 2 + 1]!;
      if (this.held.has(high, low, 0, 0)) continue;
      batch.newIndicators.push({ high, low, kind: kinds[n]!, value: values[n]! });
    }
  }

  /** Takes notice of what others showed. */
  catchUp(turns: Turns): void {
    this.sightings.catchUp(turns);
  }

  /** Texts of new exchanges that come again. Must be called under the ingest lock, before the rollups are written. */
  async find(client: pg.ClientBase, { space: { shown }, parts }: Batch): Promise<NewIndicator[]> {
    this.found = [];
    for (const place of await this.sightings.find(client, shown)) {
      const high = shown.keys[place * 4]!;
      const low = shown.keys[place * 4 + 1]!;
      if (this.held.has(high, low, 0, 0)) continue;
      const { texts } = parts[shown.values[place * 3 + 1]!]!.chunk;
      const text = shown.values[place * 3 + 2]!;
      this.found.push({ high, low, kind: TEXT_KINDS[texts.kind[text]!]!, value: textAt(texts, text) });
    }
    return this.found;
  }

  /** Call when the batch has been committed. */
  committed({ newIndicators }: Batch): void {
    if (this.held.size > REMEMBERED) this.held = new IntTable(0);
    for (const { high, low } of newIndicators) this.held.place(high, low, 0, 0);
    for (const { high, low } of this.found) this.held.place(high, low, 0, 0);
  }

  /** Something was erased: all that the batch shows is offered again. */
  forget(batch: Batch): void {
    this.held = new IntTable(0);
    const offered = new Set<string>(batch.newIndicators.map(({ high, low }) => `${high}|${low}`));
    for (const { learnt } of batch.parts) {
      for (const indicator of learnt.all()) {
        const name = `${indicator.high}|${indicator.low}`;
        if (offered.has(name)) continue;
        offered.add(name);
        batch.newIndicators.push(indicator);
      }
    }
  }
}
