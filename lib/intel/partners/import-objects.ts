/** What partners sent, into the inbox: read one by one, copied into a staging table, merged in one statement. */
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { type ImportReport, partnerNameSchema, type VIAS } from '../partner-schema';
import { type OnObject, stageObjects } from './stage-objects';

interface ImportOptions {
  partner: string;
  via: (typeof VIAS)[number];
  /** A file's name, a collection's title or an address. */
  label: string;
  onObject?: OnObject;
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
    const counts = await stageObjects(source, { partnerId, importId, onObject: options.onObject });
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
