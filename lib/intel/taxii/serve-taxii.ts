/** A TAXII 2.1 server: from a request to its answer. Who asks is told by an API key, in HTTP Basic or as a bearer token. */
import { randomUUID } from 'node:crypto';
import { authenticateKey } from '@/lib/access/authenticate-key';
import type { KeyActor } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';
import { readSetting } from '@/lib/settings/read-setting';
import { producerSetting } from '../sharing-settings-schema';
import { findGranted, listGranted, requireRead, requireWrite } from './find-collection';
import { acceptsTaxii, isTaxiiBody, STIX_TYPE, TAXII_TYPE } from './media-types';
import { readObjectQuery, writeNext } from './object-query';
import { holdsObject, readObjects, type ServedObject } from './read-objects';
import { readStatus } from './status';
import { takePushed, withdrawPushed } from './take-pushed';

export interface TaxiiRequest {
  method: string;
  /** What follows /taxii2, without empty parts. */
  path: readonly string[];
  query: URLSearchParams;
  headers: Pick<Headers, 'get'>;
  /** Scheme and host under which the server is known. */
  origin: string;
  body: AsyncIterable<Uint8Array> | null;
}

export interface TaxiiAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON. */
  body: string;
  /** For the log: what of it was refused although the request was answered. */
  refused?: string;
}

/** The one API root, and the most bytes that it takes at once. */
const ROOT = 'api';
const MOST_BYTES = 10_485_760;

/** @throws AppError for everything that is refused; the caller says it as TAXII does */
export async function serveTaxii(request: TaxiiRequest): Promise<TaxiiAnswer> {
  const { path, method, headers } = request;
  const allowed = methodsOf(path);
  if (!allowed) throw new AppError('not_found', 'There is nothing at this address of the TAXII server.');
  const actor = await authenticateKey(asBearer(headers.get('authorization')), 'taxii');
  if (!allowed.includes(method))
    throw new AppError('wrong_method', `This address takes ${allowed.join(' and ')} only.`);
  if (!acceptsTaxii(headers.get('accept')))
    throw new AppError('not_acceptable', `This server answers ${TAXII_TYPE} only. Ask for it in Accept.`);
  if (path.length === 0) return answer(await discovery(request.origin));
  const [, resource, id = ''] = path;
  if (resource === undefined) return answer(await apiRoot());
  if (resource === 'status') return answer(await readStatus(actor.id, id));
  if (id === '') return answer(await collections(actor));
  return serveCollection(request, actor);
}

/** What an address takes, or null when there is none. */
export function methodsOf([root, resource, id, part, objectId, versions, ...more]: readonly string[]):
  | string[]
  | null {
  if (more.length > 0 || (root !== undefined && root !== ROOT)) return null;
  if (resource === undefined) return ['GET'];
  if (resource === 'status') return id !== undefined && part === undefined ? ['GET'] : null;
  if (resource !== 'collections') return null;
  if (part === undefined) return ['GET'];
  if (part === 'manifest') return objectId === undefined ? ['GET'] : null;
  if (part !== 'objects') return null;
  if (objectId === undefined) return ['GET', 'POST'];
  if (versions === undefined) return ['GET', 'DELETE'];
  return versions === 'versions' ? ['GET'] : null;
}

async function serveCollection(request: TaxiiRequest, actor: KeyActor): Promise<TaxiiAnswer> {
  const [, , id = '', part, objectId, versions] = request.path;
  const collection = await findGranted(actor.id, id);
  if (part === undefined) return answer(describe(collection));
  if (request.method === 'POST') {
    requireWrite(collection);
    if (!isTaxiiBody(request.headers.get('content-type')))
      throw new AppError('unsupported', `Send ${TAXII_TYPE}; this server reads nothing else.`);
    if (!/^(?:identity)?$/i.test(request.headers.get('content-encoding')?.trim() ?? ''))
      throw new AppError('unsupported', 'Send the body as it is, without a Content-Encoding.');
    if (Number(request.headers.get('content-length')) > MOST_BYTES) throw tooLarge();
    const status = await takePushed(actor, collection, bounded(request.body));
    const [first] = status.failures ?? [];
    return {
      ...answer(status, 202),
      ...(first && { refused: `${status.failure_count} of ${status.total_count} objects. ${first.message}` }),
    };
  }
  if (request.method === 'DELETE') {
    requireRead(collection);
    requireWrite(collection);
    await withdrawPushed(actor, collection, objectId ?? '', await holdsObject(collection.id, objectId ?? ''));
    return answer({});
  }
  requireRead(collection);
  const query = readObjectQuery(request.query);
  if (objectId !== undefined) {
    query.ids = [objectId];
    if (!(await holdsObject(collection.id, objectId)))
      throw new AppError('not_found', 'There is no such object in this collection.');
    // Every version is what is asked for; the filter does not apply to it.
    if (versions !== undefined) query.versions = { all: true, first: false, last: false, at: [] };
  }
  const { rows, more } = await readObjects(collection.id, query);
  const page = { ...(more && { more, next: writeNext(rows.at(-1)?.dateAdded ?? '') }) };
  const dates = datesOf(rows);
  if (versions !== undefined)
    return answer(
      {
        ...page,
        ...some(
          'versions',
          rows.map(({ version }) => version),
        ),
      },
      200,
      dates,
    );
  if (part === 'manifest') {
    const records = rows.map((row) => ({
      id: row.id,
      date_added: row.dateAdded,
      version: row.version,
      media_type: STIX_TYPE,
    }));
    return answer({ ...page, ...some('objects', records) }, 200, dates);
  }
  return answer(
    {
      ...page,
      ...some(
        'objects',
        rows.map(({ object }) => JSON.parse(object)),
      ),
    },
    200,
    dates,
  );
}

/** Lists that would be empty are left out (section 2). */
const some = (name: string, list: readonly unknown[]) => (list.length > 0 ? { [name]: list } : {});

function datesOf(rows: readonly ServedObject[]): Record<string, string> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return {};
  return { 'x-taxii-date-added-first': first.dateAdded, 'x-taxii-date-added-last': last.dateAdded };
}

async function discovery(origin: string) {
  const { value } = await readSetting(producerSetting);
  const root = `${origin}/taxii2/${ROOT}/`;
  return {
    title: value.name,
    description: 'What this provider of language models shares about abuse of accounts.',
    ...(value.contact && { contact: value.contact }),
    default: root,
    api_roots: [root],
  };
}

async function apiRoot() {
  const { value } = await readSetting(producerSetting);
  return { title: value.name, versions: [TAXII_TYPE], max_content_length: MOST_BYTES };
}

async function collections(actor: KeyActor) {
  return some('collections', (await listGranted(actor.id)).map(describe));
}

function describe({ id, title, description, mayRead, mayWrite }: Awaited<ReturnType<typeof findGranted>>) {
  return {
    id,
    title,
    ...(description !== '' && { description }),
    can_read: mayRead,
    can_write: mayWrite,
    media_types: [STIX_TYPE],
  };
}

function answer(body: object, status = 200, headers: Record<string, string> = {}): TaxiiAnswer {
  return { status, headers, body: JSON.stringify(body) };
}

/** The key of HTTP Basic is its password; the name beside it tells nothing. */
function asBearer(header: string | null): string | null {
  const basic = /^basic +([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '')?.[1];
  if (basic === undefined) return header;
  const text = Buffer.from(basic, 'base64').toString('utf8');
  return `Bearer ${text.slice(text.indexOf(':') + 1)}`;
}

async function* bounded(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > MOST_BYTES) throw tooLarge();
    yield piece;
  }
}

const tooLarge = () =>
  new AppError(
    'too_large',
    `The body is larger than ${MOST_BYTES} bytes (max_content_length). Send it in parts.`,
  );

/** An error message of TAXII (section 3.6.1). */
export function taxiiError(error: {
  message: string;
  code: string;
  status: number;
  errorId?: string;
}): string {
  return JSON.stringify({
    title: error.message,
    error_id: error.errorId || randomUUID(),
    error_code: error.code,
    http_status: String(error.status),
  });
}
