/** What partners sent, into the inbox: read one by one, copied into a staging table, merged in one statement. */
import type pg from 'pg';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import { pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { IpRanges, readSpan } from '@/lib/infrastructure/ip-ranges';
import { readLiveEntries } from '@/lib/infrastructure/read-live-entries';
import { hashIdentity } from '@/lib/records/hash-identity';
import { storableText } from '@/lib/storable-text';
import { isSimulated } from '../is-simulated';
import {
  type ImportReport,
  isHarmless,
  type PartnerHeld,
  partnerNameSchema,
  SKIP_WORDS,
  type SkipReason,
  type VIAS,
} from '../partner-schema';
import { heldByItself } from './hold-rules';
import { type ReadIndicator, readIndicator } from './read-indicator';
import { type BundleLimits, readObjectTexts } from './read-objects';
import type { NamedValue } from './read-pattern';

const LIMITS: BundleLimits = { objects: 2_000_000, bytes: 1_048_576, depth: 30 };
const ROWS_AT_ONCE = 20_000;

interface ImportOptions {
  partner: string;
  via: (typeof VIAS)[number];
  /** A file's name, a collection's title or an address. */
  label: string;
  /** Told of each object; `refusal` is null unless something is wrong with it. */
  onObject?: (object: { id: string; version: string; refusal: string | null }) => void;
}

/**
 * Takes a bundle or an envelope. Objects that are no indicators, or not as they should be, are counted by reason; a
 * later version takes the place of an earlier one, an earlier one changes nothing.
 * The caller has asked whether the actor may.
 * @throws AppError bad_input, limit: nothing of it is taken then, and the refusal is written to the inbox and the audit
 */
export async function importObjects(
  actor: Actor,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportReport> {
  const name = storableText(partnerNameSchema.parse(options.partner));
  const partnerId = await findPartner(name);
  const { id: importId } = await database().intelImport.create({
    data: {
      partnerId,
      via: options.via,
      label: storableText(options.label).slice(0, 300),
      problem: 'under way',
    },
  });
  try {
    const counts = await stage(source, { partnerId, importId, onObject: options.onObject });
    const skipped = [...counts.skipped].map(([reason, objects]) => ({ reason, objects }));
    const { objects, indicators, fresh, held } = counts;
    await inTransaction(async (tx) => {
      await tx.intelImport.update({
        where: { id: importId },
        data: { problem: null, objects, indicators, fresh, held, skipped },
      });
      await writeAudit(tx, actor, {
        verb: 'intel.import',
        object: { type: 'intel', id: `IN-${importId}`, label: name },
        detail: { via: options.via, from: options.label, objects, indicators, fresh, held },
      });
    });
    return { importId, partner: name, objects, indicators, fresh, held, skipped };
  } catch (error) {
    const problem = error instanceof AppError ? error.forPerson : 'It failed here. Send it again.';
    await inTransaction(async (tx) => {
      await tx.intelImport.update({ where: { id: importId }, data: { problem } });
      await writeAudit(tx, actor, {
        verb: 'intel.import',
        object: { type: 'intel', id: `IN-${importId}`, label: name },
        outcome: 'refused',
        reason: problem,
        detail: { via: options.via, from: options.label },
      });
    });
    throw error;
  }
}

async function findPartner(name: string): Promise<number> {
  const { rows } = await pool().query<{ id: number }>(
    `WITH added AS (INSERT INTO partner (name) VALUES ($1) ON CONFLICT (lower(name)) DO NOTHING RETURNING id)
     SELECT id FROM added UNION ALL SELECT id FROM partner WHERE lower(name) = lower($1) LIMIT 1`,
    [name],
  );
  const [row] = rows;
  if (row) return row.id;
  // Somebody else added it at this very moment.
  return (
    await database().partner.findFirstOrThrow({ where: { name: { equals: name, mode: 'insensitive' } } })
  ).id;
}

const COLUMNS = [
  'stix_id',
  'ordinal',
  'kind',
  'value',
  'hashed',
  'indicator_id',
  'tlp',
  'confidence',
  'valid_from',
  'valid_until',
  'modified',
  'revoked',
  'held',
] as const;

interface Counts {
  objects: number;
  indicators: number;
  fresh: number;
  held: number;
  skipped: Map<SkipReason, number>;
}

async function stage(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  {
    partnerId,
    importId,
    onObject,
  }: { partnerId: number; importId: number } & Pick<ImportOptions, 'onObject'>,
): Promise<Counts> {
  const now = new Date();
  const counts: Counts = { objects: 0, indicators: 0, fresh: 0, held: 0, skipped: new Map() };
  const [isListed, simulated] = await Promise.all([listedBy(now), isSimulated()]);
  const holdOf = (value: NamedValue): PartnerHeld | null => {
    const held = heldByItself(value);
    if (held && !(simulated && held === 'private_address')) return held;
    return isListed(value) ? 'listed' : null;
  };
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query(`BEGIN; CREATE TEMP TABLE partner_staging (
      stix_id text, ordinal int, kind text, value text, hashed int, indicator_id bigint, tlp text, confidence int,
      valid_from timestamptz, valid_until timestamptz, modified timestamptz, revoked int, held text) ON COMMIT DROP`);
    const rows = new BinaryRows();
    for await (const text of readObjectTexts(source, LIMITS, refuseHead)) {
      counts.objects++;
      const { id, version, skip, indicator } = readIndicator(text, now);
      if (skip !== null) {
        counts.skipped.set(skip, (counts.skipped.get(skip) ?? 0) + 1);
        onObject?.({ id, version, refusal: isHarmless(skip) ? null : `It ${SKIP_WORDS[skip]}.` });
        continue;
      }
      counts.indicators++;
      onObject?.({ id, version, refusal: null });
      addRows(rows, id, indicator, holdOf);
      if (rows.count >= ROWS_AT_ONCE) await flush(client, rows);
    }
    await flush(client, rows);
    Object.assign(counts, await merge(client, partnerId, importId));
    await client.query('COMMIT');
    return counts;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    await client
      .query('ROLLBACK')
      .then(() => (failure = undefined))
      .catch(() => {});
    throw error;
  } finally {
    client.release(failure);
  }
}

/** @throws AppError bad_input for a bundle of another version */
function refuseHead(head: string): void {
  const version = /"spec_version"\s*:\s*"([^"]{1,10})"/.exec(head)?.[1];
  if (version !== undefined && version !== '2.1')
    throw new AppError(
      'bad_input',
      `This is STIX ${version}. Only STIX 2.1 is read: ask the partner for it.`,
    );
}

function addRows(
  rows: BinaryRows,
  id: string,
  indicator: ReadIndicator,
  holdOf: (value: NamedValue) => PartnerHeld | null,
): void {
  for (const [ordinal, named] of indicator.values.entries()) {
    const value = storableText(named.value);
    const { high, low } = hashIdentity(named.kind, value);
    rows.row(COLUMNS.length);
    rows.text(id.toLowerCase());
    rows.int4(ordinal);
    rows.text(named.kind);
    rows.text(value);
    rows.int4(named.hashed ? 1 : 0);
    rows.int8Of(high, low);
    rows.text(indicator.tlp);
    rows.int4(indicator.confidence);
    rows.timestamp(indicator.validFrom.getTime());
    rows.timestamp(indicator.validUntil.getTime());
    rows.timestamp(indicator.modified.getTime());
    rows.int4(indicator.revoked ? 1 : 0);
    rows.text(holdOf(named) ?? '');
  }
}

async function flush(client: pg.PoolClient, rows: BinaryRows): Promise<void> {
  await copyRows(client, 'partner_staging', COLUMNS, rows);
  rows.clear();
}

/** Of an indicator the latest version counts, of one value what a person has decided. */
async function merge(
  client: pg.PoolClient,
  partnerId: number,
  importId: number,
): Promise<Pick<Counts, 'fresh' | 'held'>> {
  await client.query(
    `DELETE FROM partner_indicator p USING (SELECT stix_id, max(modified) AS modified FROM partner_staging GROUP BY 1) s
     WHERE p.partner_id = $1 AND p.stix_id = s.stix_id AND p.modified < s.modified`,
    [partnerId],
  );
  const { rows } = await client.query<{ fresh: number; held: number }>(
    `WITH latest AS (
       SELECT DISTINCT ON (stix_id, ordinal) s.* FROM partner_staging s ORDER BY stix_id, ordinal, modified DESC),
     added AS (
       INSERT INTO partner_indicator (partner_id, stix_id, ordinal, kind, value, hashed, indicator_id, tlp, confidence,
         valid_from, valid_until, modified, revoked, held, import_id)
       SELECT $1, stix_id, ordinal, kind, value, hashed = 1, indicator_id, tlp, confidence, valid_from, valid_until,
         modified, revoked = 1, NULLIF(held, ''), $2 FROM latest
       ON CONFLICT (partner_id, stix_id, ordinal) DO NOTHING RETURNING held)
     SELECT count(*)::int AS fresh, count(held)::int AS held FROM added`,
    [partnerId, importId],
  );
  return rows[0] ?? { fresh: 0, held: 0 };
}

/** Whether a list of infrastructure that is in force names a value. */
async function listedBy(at: Date): Promise<(value: NamedValue) => boolean> {
  const entries = await readLiveEntries(at);
  const ranges = new IpRanges(entries.flatMap(({ span, listId }) => (span ? [{ span, label: listId }] : [])));
  const named = new Set(entries.flatMap(({ span, kind, value }) => (span ? [] : [`${kind}\n${value}`])));
  return ({ kind, value }) => {
    if (named.has(`${kind}\n${value}`)) return true;
    const span = kind === 'ip' || kind === 'prefix' ? readSpan(value) : null;
    return span !== null && ranges.find(span) >= 0;
  };
}
