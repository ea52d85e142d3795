/** Objects that a partner sent, read one by one while Postgres takes in those before, then merged. */
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import { pool } from '@/lib/database/pool';
import { AppError } from '@/lib/errors';
import { hashIdentity } from '@/lib/records/hash-identity';
import { storableText } from '@/lib/storable-text';
import { isHarmless, type PartnerHeld, SKIP_WORDS, type SkipReason } from '../partner-schema';
import { holdBy } from './hold-by';
import { mergeStaged } from './merge-staged';
import { type ReadIndicator, readIndicator } from './read-indicator';
import { type BundleLimits, readObjectTexts } from './read-objects';
import type { NamedValue } from './read-pattern';

const LIMITS: BundleLimits = { objects: 2_000_000, bytes: 1_048_576, depth: 30 };
const ROWS_AT_ONCE = 20_000;

/** Told of each object; `refusal` is null unless something is wrong with it. */
export type OnObject = (object: { id: string; version: string; refusal: string | null }) => void;

interface Counts {
  objects: number;
  indicators: number;
  fresh: number;
  held: number;
  skipped: Map<SkipReason, number>;
}

type Target = { partnerId: number; importId: number; onObject?: OnObject };

/** Takes all of it or nothing. @throws AppError bad_input, limit */
export async function stageObjects(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { partnerId, importId, onObject }: Target,
): Promise<Counts> {
  const now = new Date();
  const counts: Counts = { objects: 0, indicators: 0, fresh: 0, held: 0, skipped: new Map() };
  const holdOf = await holdBy(now);
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query(`BEGIN; CREATE TEMP TABLE partner_staging (
      stix_id text, ordinal int, kind text, value text, hashed int, indicator_id bigint, tlp text, confidence int,
      valid_from timestamptz, valid_until timestamptz, modified timestamptz, revoked int, held text) ON COMMIT DROP`);
    let rows = new BinaryRows();
    let sent = new BinaryRows();
    let sending: Promise<void> = Promise.resolve();
    const send = async () => {
      await sending;
      sent.clear();
      [rows, sent] = [sent, rows];
      sending = copyRows(client, 'partner_staging', COLUMNS, sent);
      // It is awaited before the next one; until then its failure is nobody's.
      sending.catch(() => {});
    };
    for await (const texts of readObjectTexts(source, LIMITS, refuseHead)) {
      for (const text of texts) {
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
        if (rows.count >= ROWS_AT_ONCE) await send();
      }
    }
    await send();
    await sending;
    Object.assign(counts, await mergeStaged(client, partnerId, importId));
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
