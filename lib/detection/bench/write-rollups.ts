/** A large world as ingest would have left it: accounts, dictionary and rollups by bulk COPY, no exchange behind them. */
import type pg from 'pg';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import { ownerPool, pool } from '@/lib/database/pool';
import { indexPartitions, makePartitions } from '@/lib/ingest/partitions';
import { seededRandom } from '../random';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_DAY = 20_660;
const DAYS = 45;
const ROWS_AT_ONCE = 100_000;

/** Kinds in the order of their place in an indicator's id: kind · 2^40 + number. */
const KINDS = [
  'payment',
  'phone',
  'device',
  'email_pattern',
  'client_fingerprint',
  'user_agent',
  'template',
  'system_prompt',
  'prefix',
  'ip',
  'asn',
  'access_path',
] as const;
type Kind = (typeof KINDS)[number];
const KIND_HIGH = 256;

/** Days on which an account acts, exchanges a day, and share of accounts that belong to operations. */
const ACTIVE_DAYS = 20;
const A_DAY = 8;
const HYDRA = 0.2;
const RINGS = 0.05;
const CAMPUS = 0.05;

export interface Written {
  accounts: number;
  exchanges: number;
  rows: number;
  /** Different (account, value) with addresses by the day, of the kinds that link. */
  pairs: number;
}

/** What an account shares and with how many. */
interface Station {
  owner: 'hydra' | 'ring' | 'campus' | 'person';
  ring: number;
}

/** Writes `accounts` accounts with about 160 exchanges and 40 pairs each. */
export async function writeRollups(accounts: number): Promise<Written> {
  const days = new Set(Array.from({ length: DAYS }, (_, i) => FIRST_DAY + i));
  await makePartitions({ exchanges: days, observations: new Set() });
  const client = await pool().connect();
  try {
    const writer = new Writer(client, accounts);
    for (let account = 1; account <= accounts; account++) {
      writer.add(account);
      if (writer.isFull()) await writer.flush();
    }
    await writer.flush();
    await writeAccounts(client, accounts);
    await writer.writeDictionary();
    await indexPartitions();
    await ownerPool().query('ANALYZE');
    return { accounts, exchanges: writer.exchanges, rows: writer.written, pairs: writer.pairs };
  } finally {
    client.release();
  }
}

async function writeAccounts(client: pg.ClientBase, accounts: number): Promise<void> {
  await client.query(
    `INSERT INTO account (key, id, plan, monthly_spend_usd, created_at, first_seen_at, last_seen_at, exchanges)
     SELECT n, 'acct_' || n, 'free', 0, $2::timestamptz - interval '30 days', $2, $3, $4 FROM generate_series(1, $1) n`,
    [
      accounts,
      new Date(FIRST_DAY * DAY_MS),
      new Date((FIRST_DAY + DAYS) * DAY_MS - HOUR_MS),
      ACTIVE_DAYS * A_DAY,
    ],
  );
}

class Writer {
  exchanges = 0;
  written = 0;
  pairs = 0;
  private readonly random = seededRandom(7);
  private readonly indicators = new BinaryRows();
  private readonly hours = new BinaryRows();
  private readonly bins = new BinaryRows();
  /** How many values of each kind are in use. */
  private readonly used = new Map<Kind, number>();

  constructor(
    private readonly client: pg.ClientBase,
    private readonly accounts: number,
  ) {}

  isFull(): boolean {
    return this.indicators.count >= ROWS_AT_ONCE;
  }

  async flush(): Promise<void> {
    this.written += this.indicators.count + this.hours.count + this.bins.count;
    await copyRows(
      this.client,
      'account_indicator',
      ['indicator_id', 'account_key', 'day', 'count'],
      this.indicators,
    );
    await copyRows(
      this.client,
      'account_hour',
      ['hour', 'input_tokens', 'output_tokens', 'account_key', 'exchanges', 'model_id', 'class'],
      this.hours,
    );
    await copyRows(this.client, 'account_bins', ['account_key', 'day', 'bins'], this.bins);
    for (const rows of [this.indicators, this.hours, this.bins]) rows.clear();
  }

  async writeDictionary(): Promise<void> {
    for (const [kind, count] of this.used) {
      await this.client.query(
        `INSERT INTO indicator (id, kind, value) SELECT $1::bigint + n, $2, $2 || ' ' || n FROM generate_series(0, $3) n`,
        [String(BigInt(KINDS.indexOf(kind)) * BigInt(KIND_HIGH * 2 ** 32)), kind, count],
      );
    }
  }

  /** Everything of one account. */
  add(account: number): void {
    const station = this.stationOf(account);
    const first = FIRST_DAY + this.int(DAYS - ACTIVE_DAYS);
    const days = Array.from({ length: ACTIVE_DAYS }, (_, i) => first + i);
    this.addIdentity(account, station, first);
    this.addTexts(account, station, days);
    this.addTraffic(account, station, days);
  }

  private stationOf(account: number): Station {
    const place = account / this.accounts;
    const ring = Math.floor(account / 100);
    if (place <= HYDRA) return { owner: 'hydra', ring };
    if (place <= HYDRA + RINGS) return { owner: 'ring', ring };
    if (place <= HYDRA + RINGS + CAMPUS) return { owner: 'campus', ring };
    return { owner: 'person', ring };
  }

  private addIdentity(account: number, { owner, ring }: Station, day: number): void {
    // Numbers of accounts are left to people's own values, shared ones come after them.
    const shared = (pool: number) => this.accounts + this.int(Math.max(2, Math.round(pool)));
    const ofRing = (pool: number) => 2 * this.accounts + ring * 10 + this.int(pool);
    const family = Math.floor(account / 3) * 3;
    if (owner === 'hydra') {
      const hydra = this.accounts * HYDRA;
      if (this.chance(0.8)) this.pair(account, 'payment', shared(hydra / 30), day);
      if (this.chance(0.7)) this.pair(account, 'phone', shared(hydra / 10), day);
      this.pair(account, 'device', shared(hydra / 6), day);
    } else if (owner === 'ring') {
      this.pair(account, 'payment', ofRing(3), day);
      this.pair(account, 'device', this.chance(0.5) ? ofRing(10) : account, day);
    } else {
      if (this.chance(0.7)) this.pair(account, 'payment', this.chance(0.1) ? family : account, day);
      if (this.chance(0.5)) this.pair(account, 'phone', account, day);
      this.pair(account, 'device', account, day);
    }
    this.pair(account, 'email_pattern', this.popular(2_000), day);
  }

  private addTexts(account: number, { owner, ring }: Station, days: readonly number[]): void {
    for (let i = 0; i < 8; i++) {
      const own = 1_000 + this.accounts + account * 8 + i;
      const theirs = owner === 'hydra' ? i : owner === 'ring' ? 1_000 + ring * 4 + (i % 4) : own;
      const isTheirs = theirs !== own && this.chance(0.8);
      this.pair(account, 'template', isTheirs ? theirs : own, days[(i * 7) % days.length]!, 1 + this.int(6));
    }
    if (this.chance(0.3)) this.pair(account, 'system_prompt', this.popular(40), days[0]!);
  }

  private addTraffic(account: number, { owner }: Station, days: readonly number[]): void {
    const client = this.popular(300);
    const agent = this.popular(500);
    const mobile = 100 + this.int(Math.max(1, this.accounts >> 4));
    const isExtracting = owner === 'hydra' || owner === 'ring';
    for (const [i, day] of days.entries()) {
      this.pair(account, 'client_fingerprint', client, day, A_DAY, i === 0);
      this.pair(account, 'user_agent', agent, day, A_DAY, i === 0);
      this.pair(account, 'access_path', client % 4, day, A_DAY, false);
      const address =
        owner === 'campus'
          ? this.int(3)
          : isExtracting || this.chance(0.2)
            ? mobile + this.int(4_000)
            : 1_000_000 + account;
      this.pair(account, 'ip', address, day, A_DAY);
      this.pair(account, 'prefix', address >> 4, day, A_DAY, isExtracting || i === 0);
      this.pair(account, 'asn', address % 60, day, A_DAY, false);
      this.addHours(account, day, isExtracting);
    }
  }

  private addHours(account: number, day: number, isExtracting: boolean): void {
    const words: [number, number, number] = [0, 0, 0];
    let left = A_DAY;
    for (let part = 0; part < 3; part++) {
      const hour = (8 + this.int(14)) % 24;
      const exchanges = part === 2 ? left : 1 + this.int(4);
      left -= exchanges;
      const { hours } = this;
      hours.row(7);
      hours.timestamp((day * 24 + hour) * HOUR_MS);
      hours.int8(exchanges * 200);
      hours.int8(exchanges * 900);
      hours.int4(account);
      hours.int4(Math.max(1, exchanges));
      hours.int4(1);
      hours.int2(isExtracting && this.chance(0.75) ? this.int(2) : 6);
      const bin = hour * 4 + this.int(4);
      words[bin >> 5]! |= 0x80000000 >>> (bin & 31);
      this.exchanges += Math.max(1, exchanges);
    }
    this.bins.row(3);
    this.bins.int4(account);
    this.bins.date(day);
    this.bins.bits(...words);
  }

  /** @param isNew whether the account was not seen with the value on an earlier day, as pairs are counted. */
  private pair(account: number, kind: Kind, number: number, day: number, count = 1, isNew = true): void {
    const { indicators } = this;
    indicators.row(4);
    indicators.int8Of(KINDS.indexOf(kind) * KIND_HIGH, number);
    indicators.int4(account);
    indicators.date(day);
    indicators.int4(count);
    if (number > (this.used.get(kind) ?? -1)) this.used.set(kind, number);
    if (isNew) this.pairs++;
  }

  /** Of a pool, few are held by many. */
  private popular(pool: number): number {
    return Math.floor(pool * this.random() ** 3);
  }

  private int(below: number): number {
    return Math.floor(this.random() * below);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }
}
