import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { AppError } from '@/lib/errors';
import { importBundle } from '@/lib/intel/partners/import-bundle';
import { decompress } from '@/lib/records/decompress';

export const dynamic = 'force-dynamic';

/** The type that a form of another site cannot send. */
const TYPE = 'application/stix+json';
const MOST_BYTES = 268_435_456;

/** A partner's bundle as a file, plain or gzip: `?partner=NAME&file=NAME`. */
export function POST(request: Request): Promise<Response> {
  return respond('import of a bundle', async () => {
    const person = await requirePersonOrThrow();
    if (request.headers.get('content-type') !== TYPE)
      throw new AppError('unsupported', `Send the bundle as ${TYPE}.`);
    const query = new URL(request.url).searchParams;
    return importBundle(person, decompress(bounded(request.body)), {
      partner: query.get('partner') ?? '',
      file: query.get('file') ?? '',
    });
  });
}

async function* bounded(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > MOST_BYTES)
      throw new AppError('too_large', 'The file is larger than 256 MB. Take it in by the command line.');
    yield piece;
  }
}
