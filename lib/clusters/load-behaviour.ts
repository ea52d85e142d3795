/** What a snapshot knows of accounts beside shared values: rollups and the account table only, one pass each. */
import { pool } from '@/lib/database/pool';
import type { Behaviour, Release, Tally } from '@/lib/detection/schema';

const HOUR_MS = 3_600_000;
/** Hours before and after a release that are looked at. */
const BEFORE = 7 * 24;
const AFTER = 48;

/** @param indexOf the snapshot's index of each account key */
export async function loadBehaviour(from: Date, indexOf: ReadonlyMap<number, number>): Promise<Behaviour> {
  const [accounts, accessPaths, labels, releases, tasks, sessions] = await Promise.all([
    loadStanding(indexOf),
    loadTally('access_path', from, indexOf),
    loadTally('label', from, indexOf),
    loadReleases(from, indexOf),
    loadTasks(from, indexOf),
    loadSessions(from, indexOf),
  ]);
  return { ...accounts, accessPaths, labels, releases, tasks, sessions };
}

async function loadStanding(indexOf: ReadonlyMap<number, number>) {
  const { rows } = await pool().query<[number, string | null, string | null, boolean, number | null]>({
    rowMode: 'array',
    // when the provider banned it is not in its records; it fell silent then
    text: `SELECT key, organization_id, lower(email_domain), COALESCE(monthly_spend_usd, 0) > 0,
             extract(epoch FROM CASE WHEN COALESCE(enforced_status, reported_status) = 'banned'
               THEN CASE WHEN enforced_status = 'banned' THEN enforced_at ELSE last_seen_at END END)::float8 * 1000
           FROM account`,
  });
  const size = indexOf.size;
  const found = {
    organization: new Int32Array(size).fill(-1),
    emailDomain: new Int32Array(size).fill(-1),
    paying: new Uint8Array(size),
    bannedAt: new Float64Array(size).fill(Number.NaN),
  };
  const organizations = new Map<string, number>();
  const domains = new Map<string, number>();
  for (const [key, organization, domain, pays, bannedAt] of rows) {
    const account = indexOf.get(key);
    if (account === undefined) continue;
    if (organization !== null) found.organization[account] = numberOf(organizations, organization);
    if (domain !== null) found.emailDomain[account] = numberOf(domains, domain);
    found.paying[account] = pays ? 1 : 0;
    if (bannedAt !== null) found.bannedAt[account] = bannedAt;
  }
  return found;
}

/** Undefined when nobody was seen with the kind: signals must know that it was not sent. */
async function loadTally(
  kind: string,
  from: Date,
  indexOf: ReadonlyMap<number, number>,
): Promise<Tally | undefined> {
  const { rows } = await pool().query<[number, string, number]>({
    rowMode: 'array',
    text: `SELECT l.account_key, i.value, sum(l.count)::float8
           FROM indicator i JOIN account_indicator l ON l.indicator_id = i.id
           WHERE i.kind = $2 AND l.day >= $1::date GROUP BY 1, 2`,
    values: [day(from), kind],
  });
  if (rows.length === 0) return undefined;
  const numbers = new Map<string, number>();
  const perAccount: [number, number][][] = Array.from({ length: indexOf.size }, () => []);
  for (const [key, value, count] of rows) {
    const account = indexOf.get(key);
    if (account !== undefined) perAccount[account]?.push([numberOf(numbers, value), count]);
  }
  const offsets = new Int32Array(indexOf.size + 1);
  perAccount.forEach((list, account) => {
    offsets[account + 1] = (offsets[account] ?? 0) + list.length;
  });
  const entries = perAccount.flat();
  return {
    names: [...numbers.keys()],
    offsets,
    name: Int32Array.from(entries, ([name]) => name),
    count: Float64Array.from(entries, ([, count]) => count),
  };
}

async function loadReleases(from: Date, indexOf: ReadonlyMap<number, number>): Promise<Release[]> {
  const models = await pool().query<{ id: number; name: string; at: number }>(
    `SELECT id, name, extract(epoch FROM released_at)::float8 * 1000 AS at FROM model
     WHERE released_at >= $1 ORDER BY released_at, name`,
    [from],
  );
  const found: Release[] = [];
  for (const { id, name, at } of models.rows) {
    const { rows } = await pool().query<[number, number, number, number]>({
      rowMode: 'array',
      text: `SELECT account_key, sum(exchanges) FILTER (WHERE hour < $2)::float8,
               sum(exchanges) FILTER (WHERE hour >= $2)::float8,
               sum(exchanges) FILTER (WHERE hour >= $2 AND model_id = $4)::float8
             FROM account_hour WHERE hour >= $1 AND hour < $3 GROUP BY 1`,
      values: [new Date(at - BEFORE * HOUR_MS), new Date(at), new Date(at + AFTER * HOUR_MS), id],
    });
    const release: Release = {
      model: name,
      at,
      before: new Float64Array(indexOf.size),
      after: new Float64Array(indexOf.size),
      moved: new Float64Array(indexOf.size),
    };
    for (const [key, before, after, moved] of rows) {
      const account = indexOf.get(key);
      if (account === undefined) continue;
      release.before[account] = before;
      release.after[account] = after;
      release.moved[account] = moved;
    }
    found.push(release);
  }
  return found;
}

async function loadTasks(from: Date, indexOf: ReadonlyMap<number, number>): Promise<Behaviour['tasks']> {
  const { rows } = await pool().query<[number, number, number]>({
    rowMode: 'array',
    text: `WITH seen AS (
             SELECT DISTINCT l.account_key, l.indicator_id FROM indicator i
             JOIN account_indicator l ON l.indicator_id = i.id WHERE i.kind = 'task_item' AND l.day >= $1::date
           ), often AS (SELECT indicator_id FROM seen GROUP BY 1 HAVING count(*) > 1)
           SELECT account_key, count(*)::float8, count(o.indicator_id)::float8
           FROM seen LEFT JOIN often o USING (indicator_id) GROUP BY 1`,
    values: [day(from)],
  });
  if (rows.length === 0) return undefined;
  const [sent, repeated] = perAccount(rows, indexOf);
  return { sent, repeated };
}

async function loadSessions(
  from: Date,
  indexOf: ReadonlyMap<number, number>,
): Promise<Behaviour['sessions']> {
  const { rows } = await pool().query<[number, number, number]>({
    rowMode: 'array',
    text: `SELECT l.account_key, count(DISTINCT l.indicator_id)::float8, sum(l.count)::float8
           FROM indicator i JOIN account_indicator l ON l.indicator_id = i.id
           WHERE i.kind = 'session' AND l.day >= $1::date GROUP BY 1`,
    values: [day(from)],
  });
  if (rows.length === 0) return undefined;
  const [sessions, exchanges] = perAccount(rows, indexOf);
  return { sessions, exchanges };
}

function perAccount(
  rows: readonly [number, number, number][],
  indexOf: ReadonlyMap<number, number>,
): [Float64Array, Float64Array] {
  const first = new Float64Array(indexOf.size);
  const second = new Float64Array(indexOf.size);
  for (const [key, a, b] of rows) {
    const account = indexOf.get(key);
    if (account === undefined) continue;
    first[account] = a;
    second[account] = b;
  }
  return [first, second];
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
}

const day = (at: Date): string => at.toISOString().slice(0, 10);
