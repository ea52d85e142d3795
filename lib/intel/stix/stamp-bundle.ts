/** Versions: an object that changed since it last left gets a new `modified`, one that did not keeps its own. Pure. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@/lib/audit/log/canonical-json';
import { EXTENSION_AUTHOR, EXTENSION_ID } from './extension';
import { objectId } from './ids';
import { type Bundle, bundleSchema, type StixObject, type UnstampedObject } from './schema';

/** The version in which an object last left. */
export interface Version {
  id: string;
  created: Date;
  modified: Date;
  /** SHA-256, hex, of all but its times. */
  sha256: string;
}

/** Published by others or the same everywhere: never ours to change. */
const FIXED: readonly string[] = [EXTENSION_ID, EXTENSION_AUTHOR.id];

/** False for observables, and for what others published. */
export const isVersioned = ({ id, type }: { id: string; type: string }) =>
  !FIXED.includes(id) &&
  !['marking-definition', 'ipv4-addr', 'ipv6-addr', 'autonomous-system', 'llm-account-trait'].includes(type);

/** What an object says, whenever it is said. */
export function contentHash(object: UnstampedObject | StixObject): string {
  const { created: _, modified: __, published: ___, ...content } = object as Record<string, unknown>;
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/**
 * @param known versions in which these objects left before, by id
 * @returns the bundle, parsed by our own schema, and the versions that are new with it
 * @throws ZodError when it is no STIX 2.1: a bug of ours
 */
export function stampBundle(
  namespace: string,
  objects: readonly UnstampedObject[],
  known: ReadonlyMap<string, Version>,
  now: Date,
): { bundle: Bundle; fresh: Version[] } {
  const fresh: Version[] = [];
  const stamped = objects.map((object) => {
    if (!isVersioned(object)) return object;
    const version = versionOf(object, known.get(object.id), now);
    if (version !== known.get(object.id)) fresh.push(version);
    return withTimes(object, version);
  });
  const digest = createHash('sha256').update(canonicalJson(stamped)).digest('hex');
  const bundle = { type: 'bundle', id: objectId(namespace, 'bundle', digest), objects: stamped };
  return { bundle: bundleSchema.parse(bundle), fresh };
}

function versionOf(object: UnstampedObject, before: Version | undefined, now: Date): Version {
  const sha256 = contentHash(object);
  if (before?.sha256 === sha256) return before;
  if (!before) return { id: object.id, created: now, modified: now, sha256 };
  // A clock that was set back must not make a new version older than the one before it.
  const modified = new Date(Math.max(now.getTime(), before.modified.getTime() + 1));
  return { id: object.id, created: before.created, modified, sha256 };
}

function withTimes(object: UnstampedObject, { created, modified }: Version) {
  const { type, spec_version, id, ...rest } = object;
  const times = { created: created.toISOString(), modified: modified.toISOString() };
  const published = type === 'report' ? { published: times.created } : {};
  return { type, spec_version, id, ...times, ...rest, ...published };
}
