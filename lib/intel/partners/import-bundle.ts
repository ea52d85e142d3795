import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import type { ImportReport } from '../partner-schema';
import { importObjects } from './import-objects';

/** A partner's bundle by the hand of a person or of whoever runs this machine.
 * @throws AppError forbidden; else as importObjects */
export async function importBundle(
  actor: Actor,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  from: { partner: string; file: string },
): Promise<ImportReport> {
  requireRight(actor, 'intel.import');
  return importObjects(actor, source, {
    partner: from.partner,
    via: actor.kind === 'cli' ? 'cli' : 'file',
    label: from.file,
  });
}
