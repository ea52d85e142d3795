/** Rollups of one batch, aggregated in memory; the tables get them as deltas (docs/decisions/004). */
import type pg from 'pg';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BIN_MS = 900_000;
const BIN_BYTES = 12;

interface HourDelta {
  accountKey: number;
  hour: number;
  patternClass: number;
  modelId: number;
  exchanges: number;
  inputTokens: number;
  outputTokens: number;
}

/** Deltas by account: indicators a day, exchanges an hour, active 15-minute bins a day, totals. */
export class Rollups {
  private readonly indicators = new Map<
    string,
    { accountKey: number; id: bigint; day: number; count: number }
  >();
  private readonly hours = new Map<string, HourDelta>();
  private readonly bins = new Map<string, { accountKey: number; day: number; bits: Uint8Array }>();
  private readonly totals = new Map<number, { exchanges: number; first: number; last: number }>();

  addIndicator(accountKey: number, id: bigint, at: number, count: number): void {
    const day = Math.floor(at / DAY_MS);
    const name = `${accountKey}|${id}|${day}`;
    const found = this.indicators.get(name);
    if (found) found.count += count;
    else this.indicators.set(name, { accountKey, id, day, count });
  }

  addExchange(
    accountKey: number,
    at: number,
    patternClass: number,
    modelId: number,
    inputTokens: number,
    outputTokens: number,
  ): void {
    const hour = Math.floor(at / HOUR_MS);
    const name = `${accountKey}|${hour}|${patternClass}|${modelId}`;
    const found = this.hours.get(name);
    if (found) {
      found.exchanges++;
      found.inputTokens += inputTokens;
      found.outputTokens += outputTokens;
    } else {
      this.hours.set(name, {
        accountKey,
        hour,
        patternClass,
        modelId,
        exchanges: 1,
        inputTokens,
        outputTokens,
      });
    }
    this.addBin(accountKey, at);
    this.seen(accountKey, at).exchanges++;
  }

  /** Widens the span in which the account was seen. */
  seen(accountKey: number, at: number): { exchanges: number } {
    const total = this.totals.get(accountKey);
    if (!total) {
      const first = { exchanges: 0, first: at, last: at };
      this.totals.set(accountKey, first);
      return first;
    }
    total.first = Math.min(total.first, at);
    total.last = Math.max(total.last, at);
    return total;
  }

  /** Appends the deltas inside the client's transaction. */
  async write(client: pg.ClientBase): Promise<void> {
    await this.writeIndicators(client);
    await this.writeHours(client);
    await this.writeBins(client);
    await this.writeTotals(client);
  }

  private addBin(accountKey: number, at: number): void {
    const day = Math.floor(at / DAY_MS);
    const name = `${accountKey}|${day}`;
    let entry = this.bins.get(name);
    if (!entry) {
      entry = { accountKey, day, bits: new Uint8Array(BIN_BYTES) };
      this.bins.set(name, entry);
    }
    const bin = Math.floor((at - day * DAY_MS) / BIN_MS);
    entry.bits[bin >> 3]! |= 0x80 >> (bin & 7);
  }

  private async writeIndicators(client: pg.ClientBase): Promise<void> {
    const rows = new BinaryRows();
    for (const delta of this.indicators.values()) {
      rows.row(4);
      rows.int4(delta.accountKey);
      rows.int8(delta.id);
      rows.date(delta.day);
      rows.int4(Math.min(delta.count, 2_147_483_647));
    }
    await copyRows(client, 'account_indicator', ['account_key', 'indicator_id', 'day', 'count'], rows);
  }

  private async writeHours(client: pg.ClientBase): Promise<void> {
    const rows = new BinaryRows();
    for (const delta of this.hours.values()) {
      rows.row(7);
      rows.int4(delta.accountKey);
      rows.timestamp(delta.hour * HOUR_MS);
      rows.int2(delta.patternClass);
      rows.int4(delta.modelId);
      rows.int4(delta.exchanges);
      rows.int8(BigInt(delta.inputTokens));
      rows.int8(BigInt(delta.outputTokens));
    }
    const columns = [
      'account_key',
      'hour',
      'class',
      'model_id',
      'exchanges',
      'input_tokens',
      'output_tokens',
    ];
    await copyRows(client, 'account_hour', columns, rows);
  }

  private async writeBins(client: pg.ClientBase): Promise<void> {
    const rows = new BinaryRows();
    for (const delta of this.bins.values()) {
      rows.row(3);
      rows.int4(delta.accountKey);
      rows.date(delta.day);
      rows.bits(delta.bits);
    }
    await copyRows(client, 'account_bins', ['account_key', 'day', 'bins'], rows);
  }

  private async writeTotals(client: pg.ClientBase): Promise<void> {
    if (this.totals.size === 0) return;
    const entries = [...this.totals.entries()];
    await client.query(
      `UPDATE account SET
         exchanges = account.exchanges + t.exchanges,
         first_seen_at = LEAST(account.first_seen_at, to_timestamp(t.first / 1000.0)),
         last_seen_at = GREATEST(account.last_seen_at, to_timestamp(t.last / 1000.0))
       FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[]) AS t(key, exchanges, first, last)
       WHERE account.key = t.key`,
      [
        entries.map(([key]) => key),
        entries.map(([, total]) => total.exchanges),
        entries.map(([, total]) => total.first),
        entries.map(([, total]) => total.last),
      ],
    );
  }
}
