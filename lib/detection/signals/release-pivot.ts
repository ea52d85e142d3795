/**
 * Hypothesis: an operation turns to a new model at once, all of its accounts together, because that model is what it
 * is after.
 * Formula: of accounts with three exchanges or more in the week before a release and in the 48 hours after, those
 * show it that gave the new model at least .3 of the latter; against benign accounts at the same release, which are
 * curious too. The release that speaks most counts.
 * Known false positives: products that switch their users over; enthusiasts.
 * Source: disclosure of February 2026 (half the traffic within 24 hours of a release).
 */
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, againstBenign, type GroupSignal, mostTelling, UNKNOWN } from './signal';

const LEAST = 3;
const MOVED = 0.3;

export const releasePivot: GroupSignal = {
  ...GROUP_KINDS.release_pivot,
  most: 4,
  prepare({ graph, behaviour, benign }) {
    const readers = behaviour.releases.map((release) => {
      const shows = Uint8Array.from({ length: graph.units }, (_, unit) => {
        let before = 0;
        let after = 0;
        let moved = 0;
        for (const account of accountsOf(graph, unit)) {
          before += release.before[account]!;
          after += release.after[account]!;
          moved += release.moved[account]!;
        }
        if (before < LEAST || after < LEAST) return UNKNOWN;
        return moved >= MOVED * after ? 1 : 0;
      });
      return { at: release.at, read: againstBenign(shows, benign) };
    });
    if (readers.length === 0) return undefined;
    return (units) => mostTelling(readers.map(({ at, read }) => read(units, { release: at })));
  },
};
