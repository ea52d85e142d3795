/** `weir intel export` */
import { parseArgs } from 'node:util';
import { exportBundle } from '@/lib/intel/export-bundle';
import { type ShareSubject, TLPS, type Tlp } from '@/lib/intel/share-schema';
import { UsageError } from './usage';
import { cliActor, withState } from './with-state';

export async function exportIntelCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { cluster: { type: 'string' }, campaign: { type: 'string' }, tlp: { type: 'string' } },
  });
  const subject = readSubject(values);
  const tlp = readTlp(values.tlp);
  await withState(async () => {
    const bundle = await exportBundle(cliActor(), subject, tlp);
    process.stdout.write(`${JSON.stringify(bundle)}\n`);
  });
}

/** Ids as people say them are taken as well: CL-12, CA-3. */
function readSubject({ cluster, campaign }: { cluster?: string; campaign?: string }): ShareSubject {
  const [kind, text] =
    cluster === undefined ? (['campaign', campaign] as const) : (['cluster', cluster] as const);
  if (text === undefined || (cluster !== undefined && campaign !== undefined))
    throw new UsageError('intel export takes --cluster ID or --campaign ID');
  const id = Number(/^(?:C[LA]-)?(\d{1,9})$/i.exec(text)?.[1] ?? 0);
  if (id === 0) throw new UsageError(`"${text}" is not the number of a ${kind}`);
  return { kind, id };
}

function readTlp(text: string | undefined): Tlp | undefined {
  if (text === undefined) return undefined;
  const tlp = TLPS.find((each) => each === text.toLowerCase().replace(/^tlp:/, ''));
  if (!tlp) throw new UsageError(`--tlp is one of ${TLPS.join(', ')}`);
  return tlp;
}
