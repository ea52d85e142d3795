/** Rollups of one batch, aggregated in memory; the tables get them as deltas (docs/decisions/004). */
import type pg from 'pg';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import { IntTable } from './int-table';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BIN_MS = 900_000;
const INT4_MAX = 2_147_483_647;

/** Deltas by account: indicators a day, exchanges an hour, active 15-minute bins a day, totals. */
export class Rollups {
  /** account, id (upper, lower), day → count */
  private readonly indicators = new IntTable(1, 4_096);
  /** account, hour, class, model → exchanges, input tokens, output tokens */
  private readonly hours = new IntTable(3);
  /** account, day → the day's 96 bins in three words */
  private readonly bins = new IntTable(3);
  /** account → exchanges, first seen, last seen */
  readonly totals = new IntTable(3);
  private readonly rows = new BinaryRows();

  clear(): void {
    for (const table of [this.indicators, this.hours, this.bins, this.totals]) table.clear();
  }

  addIndicator(accountKey: number, high: number, low: number, day: number, count: number): void {
    const { indicators } = this;
    // The place first: it may grow the table, which replaces its arrays.
    const place = indicators.place(accountKey, high, low, day);
    indicators.values[place]! += count;
  }

  addExchange(
    accountKey: number,
    at: number,
    patternClass: number,
    modelId: number,
    inputTokens: number,
    outputTokens: number,
  ): void {
    const { hours } = this;
    const hour = hours.place(accountKey, Math.floor(at / HOUR_MS), patternClass, modelId) * 3;
    hours.values[hour]! += 1;
    hours.values[hour + 1]! += inputTokens;
    hours.values[hour + 2]! += outputTokens;
    this.addBin(accountKey, at);
    const total = this.seen(accountKey, at);
    this.totals.values[total]! += 1;
  }

  /** Widens the span in which the account was seen. @returns where its totals are */
  seen(accountKey: number, at: number): number {
    const { totals } = this;
    const before = totals.size;
    const from = totals.place(accountKey, 0, 0, 0) * 3;
    const { values } = totals;
    if (totals.size > before) {
      values[from + 1] = at;
      values[from + 2] = at;
    } else {
      if (at < values[from + 1]!) values[from + 1] = at;
      if (at > values[from + 2]!) values[from + 2] = at;
    }
    return from;
  }

  /** Appends the deltas inside the client's transaction, all but the totals. */
  async write(client: pg.ClientBase): Promise<void> {
    await this.writeIndicators(client);
    await this.writeHours(client);
    await this.writeBins(client);
  }

  private addBin(accountKey: number, at: number): void {
    const { bins } = this;
    const day = Math.floor(at / DAY_MS);
    const bin = Math.floor((at - day * DAY_MS) / BIN_MS);
    const word = bins.place(accountKey, day, 0, 0) * 3 + (bin >> 5);
    bins.values[word] = (bins.values[word]! | (0x80000000 >>> (bin & 31))) >>> 0;
  }

  private async writeIndicators(client: pg.ClientBase): Promise<void> {
    const { keys, values, size } = this.indicators;
    const { rows } = this;
    rows.clear();
    for (let place = 0, from = 0; place < size; place++, from += 4) {
      rows.row(4);
      rows.int8Of(keys[from + 1]!, keys[from + 2]!);
      rows.int4(keys[from]!);
      rows.date(keys[from + 3]!);
      rows.int4(Math.min(values[place]!, INT4_MAX));
    }
    await copyRows(client, 'account_indicator', ['indicator_id', 'account_key', 'day', 'count'], rows);
  }

  private async writeHours(client: pg.ClientBase): Promise<void> {
    const { keys, values, size } = this.hours;
    const { rows } = this;
    rows.clear();
    for (let place = 0, from = 0; place < size; place++, from += 4) {
      rows.row(7);
      rows.timestamp(keys[from + 1]! * HOUR_MS);
      rows.int8(values[place * 3 + 1]!);
      rows.int8(values[place * 3 + 2]!);
      rows.int4(keys[from]!);
      rows.int4(values[place * 3]!);
      rows.int4(keys[from + 3]!);
      rows.int2(keys[from + 2]!);
    }
    const columns = [
      'hour',
      'input_tokens',
      'output_tokens',
      'account_key',
      'exchanges',
      'model_id',
      'class',
    ];
    await copyRows(client, 'account_hour', columns, rows);
  }

  private async writeBins(client: pg.ClientBase): Promise<void> {
    const { keys, values, size } = this.bins;
    const { rows } = this;
    rows.clear();
    for (let place = 0, from = 0; place < size; place++, from += 4) {
      rows.row(3);
      rows.int4(keys[from]!);
      rows.date(keys[from + 1]!);
      rows.bits(values[place * 3]!, values[place * 3 + 1]!, values[place * 3 + 2]!);
    }
    await copyRows(client, 'account_bins', ['account_key', 'day', 'bins'], rows);
  }
}
