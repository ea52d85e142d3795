/**
 * Rollups of one batch, aggregated in memory account by account, so that the tables at work stay small; the database
 * gets them as deltas (docs/decisions/004).
 */
import type pg from 'pg';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import type { BatchPart } from './batch';
import { VALUE_KINDS, VALUES_EACH } from './exchange-columns';
import { IntTable } from './int-table';
import type { TakenExchanges } from './taken-exchanges';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BIN_MS = 900_000;
const INT4_MAX = 2_147_483_647;
const IP = VALUE_KINDS.indexOf('ip');

/** Deltas by account: indicators a day, exchanges an hour, active 15-minute bins a day, totals. */
export class Rollups {
  /** account → exchanges, first seen, last seen */
  readonly totals = new IntTable(3);
  // Of the account that is at work:
  /** id (upper, lower), day → count */
  private readonly indicators = new IntTable(1);
  /** hour, class, model → exchanges, input tokens, output tokens */
  private readonly hours = new IntTable(3);
  /** day → its 96 bins in three words */
  private readonly bins = new IntTable(3);
  // Of those that are done:
  private readonly indicatorRows = new BinaryRows();
  private readonly hourRows = new BinaryRows();
  private readonly binRows = new BinaryRows();

  clear(): void {
    this.totals.clear();
    this.indicatorRows.clear();
    this.hourRows.clear();
    this.binRows.clear();
  }

  addExchanges(taken: TakenExchanges, parts: readonly BatchPart[]): void {
    let account = -1;
    for (const number of taken.byAccount()) {
      const { accountKey } = taken.read(number);
      if (accountKey !== account && account >= 0) this.putAccount(account);
      account = accountKey;
      this.addExchange(taken, parts[taken.part]!);
    }
    if (account >= 0) this.putAccount(account);
  }

  /** A count that is added to no other of the batch. */
  putIndicator(accountKey: number, high: number, low: number, day: number, count: number): void {
    const rows = this.indicatorRows;
    rows.row(4);
    rows.int8Of(high, low);
    rows.int4(accountKey);
    rows.date(day);
    rows.int4(Math.min(count, INT4_MAX));
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
    const indicator = ['indicator_id', 'account_key', 'day', 'count'];
    await copyRows(client, 'account_indicator', indicator, this.indicatorRows);
    const sums = ['exchanges', 'model_id', 'class'];
    const hour = ['hour', 'input_tokens', 'output_tokens', 'account_key', ...sums];
    await copyRows(client, 'account_hour', hour, this.hourRows);
    await copyRows(client, 'account_bins', ['account_key', 'day', 'bins'], this.binRows);
  }

  private addExchange(exchange: TakenExchanges, { chunk, learnt }: BatchPart): void {
    const { time } = exchange;
    const day = Math.floor(time / DAY_MS);
    for (let n = 0; n < VALUES_EACH; n++) {
      const value = exchange.value(n);
      if (value < 0) continue;
      this.addIndicator(learnt.ids, value, day);
      if (n === IP && learnt.prefixes[value]! >= 0)
        this.addIndicator(learnt.ids, learnt.prefixes[value]!, day);
    }
    for (let n = 0; n < 2; n++) {
      if (exchange.text(n) >= 0) this.addIndicator(chunk.texts.ids, exchange.text(n), day);
    }
    const { hours, bins } = this;
    // The place first: it may grow the table, which replaces its arrays.
    const hour = hours.place(Math.floor(time / HOUR_MS), exchange.patternClass, exchange.modelId, 0) * 3;
    hours.values[hour]! += 1;
    hours.values[hour + 1]! += exchange.inputTokens;
    hours.values[hour + 2]! += exchange.outputTokens;
    const bin = Math.floor((time - day * DAY_MS) / BIN_MS);
    const word = bins.place(day, 0, 0, 0) * 3 + (bin >> 5);
    bins.values[word] = (bins.values[word]! | (0x80000000 >>> (bin & 31))) >>> 0;
    const total = this.seen(exchange.accountKey, time);
    this.totals.values[total]! += 1;
  }

  private addIndicator(ids: Int32Array, number: number, day: number): void {
    const place = this.indicators.place(ids[number * 2]!, ids[number * 2 + 1]!, day, 0);
    this.indicators.values[place]! += 1;
  }

  /** Turns what was counted of an account into rows. */
  private putAccount(accountKey: number): void {
    const { indicators, hours, bins, hourRows, binRows } = this;
    for (let place = 0, from = 0; place < indicators.size; place++, from += 4) {
      const { keys, values } = indicators;
      this.putIndicator(accountKey, keys[from]!, keys[from + 1]!, keys[from + 2]!, values[place]!);
    }
    for (let place = 0; place < hours.size; place++) {
      const { keys, values } = hours;
      hourRows.row(7);
      hourRows.timestamp(keys[place * 4]! * HOUR_MS);
      hourRows.int8(values[place * 3 + 1]!);
      hourRows.int8(values[place * 3 + 2]!);
      hourRows.int4(accountKey);
      hourRows.int4(values[place * 3]!);
      hourRows.int4(keys[place * 4 + 2]!);
      hourRows.int2(keys[place * 4 + 1]!);
    }
    for (let place = 0; place < bins.size; place++) {
      const { keys, values } = bins;
      binRows.row(3);
      binRows.int4(accountKey);
      binRows.date(keys[place * 4]!);
      binRows.bits(values[place * 3]!, values[place * 3 + 1]!, values[place * 3 + 2]!);
    }
    indicators.clear();
    hours.clear();
    bins.clear();
  }
}
