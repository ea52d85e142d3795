/**
 * Wordings that are nearly one count as one value. Hypothesis: a script whose writer changes a word here and there
 * leaves skeletons that are nearly equal, each with holders of its own. Formula: wordings that agree in one of 12 bands of
 * five MinHashes are compared; each joins the most widely held wording that it shares `ALIKE` with (leaders, not chains:
 * what is like its neighbour only never joins). Linear in wordings: a band of many leaders is what everybody says, and is
 * left out. Known weakness: two authors who start from one public prompt come out as one wording; as a value that
 * circumstance shares it never makes a cluster by itself. After Broder 1997; leaders after Canopy (McCallum 2000).
 */
import { SKETCH_BYTES, similarity } from './min-hash';
import type { Snapshot } from './schema';

/** Estimated Jaccard similarity from which two wordings are one. */
const ALIKE = 0.8;
/** At .8 two wordings agree in some band in 99 of 100 cases, at .5 in a third. */
const BAND = 5;
const BANDS = 12;
/** A band that so many leaders share tells nothing. */
const CROWDED = 16;

/** The snapshot with each wording's holders under its leader's value. The order of values does not matter. */
export function joinWordings(snapshot: Snapshot): Snapshot {
  const { wordings, links } = snapshot;
  if (!wordings || wordings.value.length < 2) return snapshot;
  const { value, sketches } = wordings;
  const bands = Array.from({ length: BANDS }, (_, band) => hashBands(snapshot, band));
  const leaders = new Map<number, number[]>();
  const leaderOf = new Map<number, number>();
  const comparedWith = new Int32Array(value.length).fill(-1);
  for (const wording of widestFirst(snapshot, value, sharingBands(bands, value.length))) {
    let best = -1;
    let most = ALIKE;
    const near = bands.map((hashes, band) => leaders.get(band * 2 ** 32 + hashes[wording]!));
    for (const others of near) {
      if (!others || others.length >= CROWDED) continue;
      for (const leader of others) {
        if (comparedWith[leader] === wording) continue;
        comparedWith[leader] = wording;
        const alike = similarity(sketches, leader * SKETCH_BYTES, wording * SKETCH_BYTES);
        if (alike > most || (alike === most && best < 0)) {
          most = alike;
          best = leader;
        }
      }
    }
    if (best >= 0) {
      leaderOf.set(value[wording]!, value[best]!);
      continue;
    }
    near.forEach((others, band) => {
      if (!others) leaders.set(band * 2 ** 32 + bands[band]![wording]!, [wording]);
      else if (others.length < CROWDED) others.push(wording);
    });
  }
  if (leaderOf.size === 0) return snapshot;
  return { ...snapshot, links: { ...links, value: links.value.map((each) => leaderOf.get(each) ?? each) } };
}

/** Places of some wordings, the most widely held first; equal ones by their ids. */
function widestFirst({ links, valueIds }: Snapshot, values: Int32Array, places: number[]): number[] {
  const holders = new Int32Array(valueIds.length);
  for (const value of links.value) holders[value]!++;
  return places.sort((a, b) => {
    const byHolders = holders[values[b]!]! - holders[values[a]!]!;
    return byHolders !== 0 ? byHolders : valueIds[values[a]!]! < valueIds[values[b]!]! ? -1 : 1;
  });
}

/** A hash of each wording's band; wordings of different kinds hardly ever have the same. */
function hashBands({ wordings, valueKind }: Snapshot, band: number): Uint32Array {
  const { sketches, value } = wordings!;
  return Uint32Array.from(value, (each, wording) => {
    let hash = Math.imul(valueKind[each]! + 1, 0x9e3779b1);
    for (let i = 0; i < BAND; i++)
      hash = Math.imul(hash ^ sketches[wording * SKETCH_BYTES + band * BAND + i]!, 0x01000193);
    return hash ^ (hash >>> 15);
  });
}

/** Wordings that share a band with another: nearly all of what people write is like nothing else. */
function sharingBands(bands: readonly Uint32Array[], wordings: number): number[] {
  const shares = new Uint8Array(wordings);
  const room = 2 ** Math.ceil(Math.log2(wordings));
  const most = Math.floor(2 ** 53 / room);
  // hash and place in one number, sorted: those of one hash stand together
  const sorted = new Float64Array(wordings);
  for (const hashes of bands) {
    hashes.forEach((hash, wording) => {
      sorted[wording] = (hash < most ? hash : hash % most) * room + wording;
    });
    sorted.sort();
    for (let i = 1; i < wordings; i++) {
      if (Math.floor(sorted[i]! / room) !== Math.floor(sorted[i - 1]! / room)) continue;
      shares[sorted[i]! % room] = 1;
      shares[sorted[i - 1]! % room] = 1;
    }
  }
  return Array.from(shares.keys()).filter((wording) => shares[wording] === 1);
}
