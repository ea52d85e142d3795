/** `weir intel import`, `weir intel collect` and `weir intel grant` */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { collectionSchema, grantSchema } from '@/lib/intel/partner-schema';
import { importBundle } from '@/lib/intel/partners/import-bundle';
import { matchPartners } from '@/lib/intel/partners/match-partners';
import { addCollection } from '@/lib/intel/taxii/add-collection';
import { grantCollection } from '@/lib/intel/taxii/grant-collection';
import { decompress } from '@/lib/records/decompress';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

/** A partner's bundle from a file or standard input; then it is compared with the store. */
export async function importIntelCommand(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { partner: { type: 'string' } },
  });
  const [file, ...others] = positionals;
  const { partner } = values;
  if (!file || others.length > 0 || !partner) throw new UsageError('intel import FILE --partner NAME');
  await withState(async () => {
    const report = await importBundle(cliActor(), readFile(file), { partner, file: path.basename(file) });
    printResult({ ...report, ...(await matchPartners()) });
  });
}

async function* readFile(file: string): AsyncGenerator<Buffer> {
  try {
    yield* decompress(file === '-' ? process.stdin : createReadStream(file));
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || !/^E[A-Z]+$/.test(String(cause.code))) throw cause;
    throw new AppError('bad_input', `${file} cannot be read.`, `reading ${file} failed`, { cause });
  }
}

export async function addCollectionCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { title: { type: 'string' }, description: { type: 'string' }, tlp: { type: 'string' } },
  });
  const parsed = collectionSchema.safeParse(values);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => issue.message).join(' '));
  await withState(async () => printResult(await addCollection(cliActor(), parsed.data)));
}

export async function grantCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      collection: { type: 'string' },
      key: { type: 'string' },
      read: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const { collection, key, read, write } = values;
  if (!collection || !key) throw new UsageError('intel grant --collection ID --key NAME [--read] [--write]');
  await withState(async () => {
    const found = await database().apiKey.findMany({ where: { name: key, revokedAt: null } });
    const [only] = found;
    if (!only || found.length > 1)
      throw new AppError(
        'not_found',
        `There ${only ? 'are several keys' : 'is no key'} called "${key}" in use.`,
      );
    const parsed = grantSchema.safeParse({
      collectionId: collection,
      keyId: only.id,
      mayRead: read,
      mayWrite: write,
    });
    if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => issue.message).join(' '));
    await grantCollection(cliActor(), parsed.data);
    printResult({ collection, key, read, write });
  });
}
