/** What is stored, as detection's snapshot: rollups only, never raw exchanges. */
import { pool } from '@/lib/database/pool';
import type { ListedValue, Snapshot } from '@/lib/detection/schema';
import { matchListed } from '@/lib/infrastructure/match-listed';
import { EXTRACTION_CLASSES, PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import { loadBehaviour } from './load-behaviour';
import { loadBins } from './load-bins';
import { type LoadedLinks, loadLinks } from './load-links';
import { loadWordings } from './load-wordings';

const DAY_MS = 86_400_000;

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
  const [links, byClass, bins, accountValues, listed, behaviour, suspected] = await Promise.all([
    loadLinks(from, indexOf),
    loadClasses(from, indexOf),
    loadBins(from, indexOf),
    loadAccountValues(indexOf),
    matchListed(at),
    loadBehaviour(from, indexOf),
    loadSuspected(indexOf),
  ]);
  const valueAccount = markValues(links, accountValues);
  const wordings = await loadWordings(links);
  const isWording = new Uint8Array(links.holders.length);
  for (const value of wordings.value) isWording[value] = 1;
  return {
    accountKeys: accounts.keys,
    window,
    snapshot: {
      accountIds: accounts.ids,
      entity: accounts.entity,
      kinds: links.kinds,
      // Most values have one holder and link nobody: they need no name. A wording may link by its likes.
      valueIds: Array.from(links.holders, (holders, value) =>
        holders > 1 || valueAccount[value]! >= 0 || isWording[value] ? links.nameValue(value) : '',
      ),
      valueKind: links.valueKind,
      valueAccount,
      listedValues: findListed(links, listed),
      wordings,
      links: links.links,
      activity: { ...byClass, ...accounts.times },
      classes: [...PATTERN_CLASSES],
      extractionClasses: [...EXTRACTION_CLASSES],
      bins,
      behaviour,
      suspected,
    },
  };
}

/** Accounts that a cluster holds which nobody has dismissed. */
async function loadSuspected(indexOf: ReadonlyMap<number, number>): Promise<Uint8Array> {
  const { rows } = await pool().query<[number]>({
    rowMode: 'array',
    text: `SELECT DISTINCT m.account_key FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id
           WHERE c.active AND c.status <> 'dismissed' AND m.role <> 'weak'`,
  });
  const suspected = new Uint8Array(indexOf.size);
  for (const [key] of rows) {
    const account = indexOf.get(key);
    if (account !== undefined) suspected[account] = 1;
  }
  return suspected;
}

/** For each value the account that its indicator names, or -1. */
function markValues(links: LoadedLinks, accountValues: ReadonlyMap<string, number>): Int32Array {
  const named = new Map([...accountValues].map(([id, account]) => [links.findIndicator(id), account]));
  return Int32Array.from(links.indicatorOf, (indicator) => named.get(indicator) ?? -1);
}

function findListed(links: LoadedLinks, listed: ReadonlyMap<string, string>): ListedValue[] {
  const sources = new Map([...listed].map(([id, source]) => [links.findIndicator(id), source]));
  const found: ListedValue[] = [];
  links.indicatorOf.forEach((indicator, value) => {
    const source = sources.get(indicator);
    if (source !== undefined) found.push({ value, reason: 'listed', source });
  });
  return found;
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
