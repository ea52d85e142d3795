/** What leaves, object by object, in words. Pure. */
import type { LeavingObject } from '../share-schema';
import type { StixObject, UnstampedObject } from './schema';
import { contentHash, isVersioned, type Version } from './stamp-bundle';

type Any = StixObject | UnstampedObject;

/** @param known versions in which these objects left before, by id */
export function describeObjects(
  objects: readonly Any[],
  known: ReadonlyMap<string, Pick<Version, 'sha256'>>,
): LeavingObject[] {
  const titles = new Map(objects.map((object) => [object.id, titleOf(object)]));
  const short = (id: string) => titles.get(id) ?? id;
  return objects.map((object) => {
    const before = known.get(object.id);
    const same = !isVersioned(object) || before?.sha256 === contentHash(object);
    return {
      id: object.id,
      type: object.type,
      title:
        object.type === 'relationship'
          ? `${short(object.source_ref)} ${object.relationship_type.replaceAll('-', ' ')} ${short(object.target_ref)}`
          : (titles.get(object.id) ?? ''),
      state: same ? 'known' : before ? 'changed' : 'new',
      json: JSON.stringify(object, null, 2),
    };
  });
}

function titleOf(object: Any): string {
  switch (object.type) {
    case 'indicator':
      return object.pattern;
    case 'ipv4-addr':
    case 'ipv6-addr':
      return object.value;
    case 'autonomous-system':
      return `AS${object.number}`;
    case 'llm-account-trait':
      return `${object.trait}, keyed hash ${object.value.slice(0, 12)}…`;
    case 'observed-data':
      return `${object.number_observed.toLocaleString('en-US')} exchanges`;
    case 'sighting':
      return `${object.count.toLocaleString('en-US')} accounts show what ${object.sighting_of_ref} names`;
    case 'relationship':
      return object.relationship_type;
    default:
      return object.name;
  }
}
