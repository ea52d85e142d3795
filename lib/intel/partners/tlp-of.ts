/** How far what a partner sent may be shown. Pure. */
import { TLPS, type Tlp } from '../share-schema';
import { tlpMarking } from '../stix/markings';

/** TLP 1 of STIX 2.1 (section 7.2.1.4), as TLP 2.0 reads it. */
const TLP_1: Record<string, Tlp> = {
  'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9': 'clear',
  'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da': 'green',
  'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82': 'amber',
  'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed': 'red',
};
const BY_ID = new Map<string, Tlp>([
  ...Object.entries(TLP_1),
  ...TLPS.map((tlp) => [tlpMarking(tlp).id, tlp] as const),
]);

/** The most closely held of an object's markings; what carries none that we know stays in this organization. */
export function tlpOf(refs: readonly string[] = []): Tlp {
  const known = refs.map((ref) => BY_ID.get(ref)).filter((tlp) => tlp !== undefined);
  return known.sort((a, b) => TLPS.indexOf(b) - TLPS.indexOf(a))[0] ?? 'amber+strict';
}
