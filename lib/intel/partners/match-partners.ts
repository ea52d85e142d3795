/** What of our own store partners name: plain values as they are, addresses in networks, secrets by their keyed hash. */
import type pg from 'pg';
import { pool } from '@/lib/database/pool';
import { IpRanges, readSpan } from '@/lib/infrastructure/ip-ranges';
import { readSharingKeys } from '../read-sharing-key';
import { HASHABLE_KINDS, type HashableKind } from '../share-schema';
import { keyedHash } from '../stix/keyed-hash';
import { isCommonHere } from './hold-rules';

/** What counts: neither over nor taken back, and not held unless a person let it count. */
const STANDING = `p.valid_until > now() AND NOT p.revoked AND COALESCE(v.counts, p.held IS NULL)`;
const FROM = 'partner_indicator p LEFT JOIN partner_verdict v ON v.indicator_id = p.indicator_id';

/** Compares anew. @returns how many values match, and how many of them wait for a person */
export async function matchPartners(): Promise<{ matches: number; held: number }> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('partner matches', 0))`);
    await client.query('DELETE FROM partner_match');
    await client.query(
      `INSERT INTO partner_match (partner_id, stix_id, ordinal, indicator_id, accounts, in_clusters)
       SELECT p.partner_id, p.stix_id, p.ordinal, i.id, 0, 0
       FROM ${FROM} JOIN indicator i ON i.id = p.indicator_id AND i.kind = p.kind AND i.value = p.value
       WHERE NOT p.hashed AND ${STANDING}`,
    );
    await matchNetworks(client);
    await matchHashes(client);
    const result = await countHolders(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    await client.query('ROLLBACK').then(
      () => (failure = undefined),
      () => {},
    );
    throw error;
  } finally {
    client.release(failure);
  }
}

interface Named {
  partner_id: number;
  stix_id: string;
  ordinal: number;
  value: string;
}

/** Addresses that lie in a network that a partner names. */
async function matchNetworks(client: pg.PoolClient): Promise<void> {
  const { rows: named } = await client.query<Named>(
    `SELECT p.partner_id, p.stix_id, p.ordinal, p.value FROM ${FROM} WHERE p.kind = 'prefix' AND ${STANDING}`,
  );
  if (named.length === 0) return;
  const ranges = new IpRanges(
    named.flatMap(({ value }, label) => {
      const span = readSpan(value);
      return span ? [{ span, label }] : [];
    }),
  );
  const { rows } = await client.query<[string, string]>({
    rowMode: 'array',
    text: `SELECT id::text, value FROM indicator WHERE kind = 'ip'`,
  });
  const found: [Named, string][] = [];
  for (const [id, value] of rows) {
    const span = readSpan(value);
    const label = span ? ranges.find(span) : -1;
    if (label >= 0) found.push([named[label]!, id]);
  }
  await insert(client, found);
}

/** Values that only a provider knows, under each key that is in use. */
async function matchHashes(client: pg.PoolClient): Promise<void> {
  const { rows: named } = await client.query<Named>(
    `SELECT p.partner_id, p.stix_id, p.ordinal, p.value FROM ${FROM} WHERE p.hashed AND ${STANDING}`,
  );
  const keys = named.length > 0 ? await readSharingKeys() : [];
  if (keys.length === 0) return;
  const byHash = new Map<string, Named[]>();
  for (const each of named) byHash.set(each.value, [...(byHash.get(each.value) ?? []), each]);
  const { rows } = await client.query<[string, HashableKind, string]>({
    rowMode: 'array',
    text: 'SELECT id::text, kind, value FROM indicator WHERE kind = ANY($1)',
    values: [[...HASHABLE_KINDS]],
  });
  const found: [Named, string][] = [];
  for (const [id, kind, value] of rows)
    for (const key of keys)
      for (const each of byHash.get(keyedHash(key, kind, value)) ?? []) found.push([each, id]);
  await insert(client, found);
}

async function insert(client: pg.PoolClient, found: readonly [Named, string][]): Promise<void> {
  const AT_ONCE = 10_000;
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE);
    await client.query(
      `INSERT INTO partner_match (partner_id, stix_id, ordinal, indicator_id, accounts, in_clusters)
       SELECT *, 0, 0 FROM unnest($1::int[], $2::text[], $3::int[], $4::bigint[]) ON CONFLICT DO NOTHING`,
      [
        some.map(([named]) => named.partner_id),
        some.map(([named]) => named.stix_id),
        some.map(([named]) => named.ordinal),
        some.map(([, id]) => id),
      ],
    );
  }
}

/** How many accounts show what matches: what too many strangers show waits for a person, whoever named it. */
async function countHolders(client: pg.PoolClient): Promise<{ matches: number; held: number }> {
  const { rows } = await client.query<{
    id: string;
    accounts: number;
    inClusters: number;
    all: number;
    counts: boolean | null;
  }>(
    `WITH named AS (SELECT DISTINCT indicator_id FROM partner_match),
     holders AS (SELECT DISTINCT a.indicator_id, a.account_key FROM account_indicator a JOIN named USING (indicator_id)),
     gathered AS (
       SELECT DISTINCT m.account_key FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id
       WHERE c.status <> 'dismissed' AND c.active AND m.role <> 'weak')
     SELECT h.indicator_id::text AS id, count(*)::int AS accounts, count(g.account_key)::int AS "inClusters",
       (SELECT count(*)::int FROM account) AS "all",
       bool_or(v.counts) AS counts
     FROM holders h LEFT JOIN gathered g USING (account_key)
       LEFT JOIN partner_verdict v ON v.indicator_id = h.indicator_id
     GROUP BY 1`,
  );
  const held = rows.map((row) => (row.counts !== true && isCommonHere(row) ? 'not_rare' : null));
  await client.query(
    `UPDATE partner_match m SET accounts = u.accounts, in_clusters = u.clusters, held = u.held
     FROM unnest($1::bigint[], $2::int[], $3::int[], $4::text[]) AS u (id, accounts, clusters, held)
     WHERE m.indicator_id = u.id`,
    [
      rows.map(({ id }) => id),
      rows.map(({ accounts }) => accounts),
      rows.map(({ inClusters }) => inClusters),
      held,
    ],
  );
  return { matches: rows.length, held: held.filter((each) => each !== null).length };
}
