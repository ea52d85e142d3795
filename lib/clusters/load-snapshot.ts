/** What is stored, as detection's snapshot: rollups only, never raw exchanges. */
import { pool } from '@/lib/database/pool';
import { detectionKind } from '@/lib/detection/kinds';
import type { ListedValue, Snapshot } from '@/lib/detection/schema';
import { matchListed } from '@/lib/infrastructure/match-listed';
import { EXTRACTION_CLASSES, PATTERN_CLASSES } from '@/lib/records/pattern-classes';

const DAY_MS = 86_400_000;
const BINS_A_DAY = 96;

export interface LoadedSnapshot {
  snapshot: Snapshot;
  /** Our key of each account, in the snapshot's order. */
  accountKeys: Int32Array;
  /** The span looked at; null while nothing is stored. */
  window: { from: Date; to: Date } | null;
}

/**
 * @param days how far to look back from the latest record; 'all' for everything
 * @param at the moment whose lists of known infrastructure count; now unless given
 */
export async function loadSnapshot(days: number | 'all', at = new Date()): Promise<LoadedSnapshot> {
  const window = await findWindow(days);
  const from = window?.from ?? new Date(0);
  const accounts = await loadAccounts(from);
  const indexOf = new Map([...accounts.keys].map((key, index) => [key, index]));
  const [links, byClass, bins, accountValues, listed] = await Promise.all([
    loadLinks(from, indexOf),
    loadClasses(from, indexOf),
    loadBins(from, indexOf),
    loadAccountValues(indexOf),
    matchListed(at),
  ]);
  const valueAccount = Int32Array.from(links.indicatorIds, (id) => accountValues.get(id) ?? -1);
  return {
    accountKeys: accounts.keys,
    window,
    snapshot: {
      accountIds: accounts.ids,
      entity: accounts.entity,
      kinds: links.kinds,
      valueIds: links.valueIds,
      valueKind: Uint16Array.from(links.valueKind),
      valueAccount,
      listedValues: findListed(links.indicatorIds, listed),
      links: {
        account: Int32Array.from(links.account),
        value: Int32Array.from(links.value),
        count: Float64Array.from(links.count),
      },
      activity: { ...byClass, ...accounts.times },
      classes: [...PATTERN_CLASSES],
      extractionClasses: [...EXTRACTION_CLASSES],
      bins,
    },
  };
}

function findListed(indicatorIds: readonly string[], listed: ReadonlyMap<string, string>): ListedValue[] {
  return indicatorIds.flatMap((id, value) => {
    const source = listed.get(id);
    return source === undefined ? [] : [{ value, reason: 'listed' as const, source }];
  });
}

async function findWindow(days: number | 'all'): Promise<LoadedSnapshot['window']> {
  const { rows } = await pool().query<{ first: Date | null; last: Date | null }>(
    'SELECT min(LEAST(first_seen_at, created_at)) AS first, max(GREATEST(last_seen_at, created_at)) AS last FROM account',
  );
  const { first, last } = rows[0] ?? {};
  if (!first || !last) return null;
  return { from: days === 'all' ? first : new Date(last.getTime() - days * DAY_MS), to: last };
}

async function loadAccounts(from: Date) {
  const { rows } = await pool().query<{
    key: number;
    id: string;
    organization: string | null;
    created: number | null;
    first: number | null;
    last: number | null;
  }>(
    `SELECT key, id, CASE WHEN verified_organization THEN organization_id END AS organization,
       extract(epoch FROM created_at)::float8 * 1000 AS created,
       extract(epoch FROM first_seen_at)::float8 * 1000 AS first,
       extract(epoch FROM last_seen_at)::float8 * 1000 AS last
     FROM account WHERE GREATEST(last_seen_at, created_at) >= $1 ORDER BY key`,
    [from],
  );
  const firstOf = new Map<string, number>();
  const entity = Int32Array.from(rows, (row, index) => {
    if (row.organization === null) return index;
    const known = firstOf.get(row.organization);
    if (known === undefined) firstOf.set(row.organization, index);
    return known ?? index;
  });
  return {
    ids: rows.map((row) => row.id),
    keys: Int32Array.from(rows, (row) => row.key),
    entity,
    times: {
      createdAt: Float64Array.from(rows, (row) => row.created ?? Number.NaN),
      firstSeen: Float64Array.from(rows, (row) => row.first ?? Number.NaN),
      lastSeen: Float64Array.from(rows, (row) => row.last ?? Number.NaN),
    },
  };
}

async function loadLinks(from: Date, indexOf: ReadonlyMap<number, number>) {
  const kindRows = await pool().query<{ kind: string }>('SELECT DISTINCT kind FROM indicator ORDER BY kind');
  const kinds = kindRows.rows.map((row) => row.kind).filter((kind) => detectionKind(kind).lambda > 0);
  const perDay = kinds.filter((kind) => detectionKind(kind).perDay);
  const { rows } = await pool().query<[number, string, string, number | null, number]>({
    rowMode: 'array',
    text: `SELECT l.account_key, l.indicator_id::text, i.kind,
             CASE WHEN i.kind = ANY($3::text[]) THEN l.day - DATE '1970-01-01' END AS on_day,
             sum(l.count)::float8
           FROM account_indicator l JOIN indicator i ON i.id = l.indicator_id
           WHERE l.day >= $1::date AND i.kind = ANY($2::text[])
           GROUP BY 1, 2, 3, 4`,
    values: [from.toISOString().slice(0, 10), kinds, perDay],
  });
  const kindIndex = new Map(kinds.map((kind, index) => [kind, index]));
  const valueIndex = new Map<string, number>();
  const found = {
    kinds,
    valueIds: [] as string[],
    valueKind: [] as number[],
    indicatorIds: [] as string[],
    account: [] as number[],
    value: [] as number[],
    count: [] as number[],
  };
  for (const [key, indicatorId, kind, day, count] of rows) {
    const account = indexOf.get(key);
    if (account === undefined) continue;
    const id = day === null ? indicatorId : `${indicatorId}@${day}`;
    let value = valueIndex.get(id);
    if (value === undefined) {
      value = found.valueIds.length;
      valueIndex.set(id, value);
      found.valueIds.push(id);
      found.valueKind.push(kindIndex.get(kind) ?? 0);
      found.indicatorIds.push(indicatorId);
    }
    found.account.push(account);
    found.value.push(value);
    found.count.push(count);
  }
  return found;
}

async function loadClasses(from: Date, indexOf: ReadonlyMap<number, number>) {
  const classes = PATTERN_CLASSES.length;
  const found = {
    exchanges: new Float64Array(indexOf.size),
    outputTokens: new Float64Array(indexOf.size),
    byClass: new Float64Array(indexOf.size * classes),
  };
  const { rows } = await pool().query<[number, number, number, number]>({
    rowMode: 'array',
    text: `SELECT account_key, class, sum(exchanges)::float8, sum(output_tokens)::float8
           FROM account_hour WHERE hour >= $1 GROUP BY 1, 2`,
    values: [from],
  });
  for (const [key, patternClass, exchanges, outputTokens] of rows) {
    const account = indexOf.get(key);
    if (account === undefined) continue;
    found.exchanges[account]! += exchanges;
    found.outputTokens[account]! += outputTokens;
    found.byClass[account * classes + patternClass]! += exchanges;
  }
  return found;
}

async function loadBins(from: Date, indexOf: ReadonlyMap<number, number>): Promise<Snapshot['bins']> {
  const { rows } = await pool().query<[number, number, string]>({
    rowMode: 'array',
    text: `SELECT account_key, day - DATE '1970-01-01', bit_or(bins)::text
           FROM account_bins WHERE day >= $1::date GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [from.toISOString().slice(0, 10)],
  });
  // Absent, not empty: detection must know that no rhythm could be seen.
  if (rows.length === 0) return undefined;
  const perAccount: number[][] = Array.from({ length: indexOf.size }, () => []);
  for (const [key, day, bits] of rows) {
    const account = indexOf.get(key);
    const list = account === undefined ? undefined : perAccount[account];
    if (!list) continue;
    for (let bin = bits.indexOf('1'); bin >= 0; bin = bits.indexOf('1', bin + 1))
      list.push(day * BINS_A_DAY + bin);
  }
  const offsets = new Int32Array(indexOf.size + 1);
  perAccount.forEach((list, account) => {
    offsets[account + 1] = (offsets[account] ?? 0) + list.length;
  });
  return { offsets, bins: Int32Array.from(perAccount.flat()) };
}

/** Indicators whose value is another account's id: a transfer to, a referral by. */
async function loadAccountValues(indexOf: ReadonlyMap<number, number>): Promise<Map<string, number>> {
  const { rows } = await pool().query<[string, number]>({
    rowMode: 'array',
    text: 'SELECT i.id::text, a.key FROM indicator i JOIN account a ON a.id = i.value',
  });
  const found = new Map<string, number>();
  for (const [id, key] of rows) {
    const account = indexOf.get(key);
    if (account !== undefined) found.set(id, account);
  }
  return found;
}
