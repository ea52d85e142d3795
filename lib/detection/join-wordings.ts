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
  const leaders = new Map<number, number[]>();
  const leaderOf = new Map<number, number>();
  const comparedWith = new Int32Array(wordings.value.length).fill(-1);
  for (const wording of widestFirst(snapshot, wordings.value)) {
    const value = wordings.value[wording]!;
    let best = -1;
    let most = ALIKE;
    const bands = Array.from({ length: BANDS }, (_, band) => leaders.get(bandOf(snapshot, wording, band)));
    for (const others of bands) {
      if (!others || others.length >= CROWDED) continue;
      for (const leader of others) {
        if (comparedWith[leader] === wording) continue;
        comparedWith[leader] = wording;
        const alike = similarity(wordings.sketches, leader * SKETCH_BYTES, wording * SKETCH_BYTES);
        if (alike > most || (alike === most && best < 0)) {
          most = alike;
          best = leader;
        }
      }
    }
    if (best >= 0) {
      leaderOf.set(value, wordings.value[best]!);
      continue;
    }
    bands.forEach((others, band) => {
      if (!others) leaders.set(bandOf(snapshot, wording, band), [wording]);
      else if (others.length < CROWDED) others.push(wording);
    });
  }
  if (leaderOf.size === 0) return snapshot;
  return { ...snapshot, links: { ...links, value: links.value.map((each) => leaderOf.get(each) ?? each) } };
}

/** Places of wordings, the most widely held first; equal ones by their ids. */
function widestFirst({ links, valueIds }: Snapshot, values: Int32Array): number[] {
  const holders = new Int32Array(valueIds.length);
  for (const value of links.value) holders[value]!++;
  return Array.from(values.keys()).sort((a, b) => {
    const byHolders = holders[values[b]!]! - holders[values[a]!]!;
    return byHolders !== 0 ? byHolders : valueIds[values[a]!]! < valueIds[values[b]!]! ? -1 : 1;
  });
}

/** A number for a band of a wording's sketch, under 2^53; wordings of different kinds meet in none. */
function bandOf({ wordings, valueKind }: Snapshot, wording: number, band: number): number {
  const { sketches, value } = wordings!;
  let bytes = 0;
  for (let i = 0; i < BAND; i++) bytes = bytes * 256 + sketches[wording * SKETCH_BYTES + band * BAND + i]!;
  return (valueKind[value[wording]!]! * BANDS + band) * 256 ** BAND + bytes;
}
