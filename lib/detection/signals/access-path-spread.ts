/**
 * Hypothesis: an operation spreads over the provider's own API and third-party clouds, so that no one of them sees
 * all of it. Said of a group that other things hold together: people of one company come in by one way.
 * Formula: members whose main access path is not the commonest of the group, against as many strangers: n times the
 * share of benign accounts off the path which is commonest among them.
 * Known false positives: companies that buy through two clouds.
 * Source: disclosure of February 2026 (several access paths).
 */
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, type GroupSignal } from './signal';

export const accessPathSpread: GroupSignal = {
  ...GROUP_KINDS.access_path_spread,
  most: 3,
  prepare({ graph, behaviour, benign }) {
    const paths = behaviour.accessPaths;
    if (!paths || paths.names.length < 2) return undefined;
    const counts = new Float64Array(paths.names.length);
    const mainOf = Int32Array.from({ length: graph.units }, (_, unit) => {
      counts.fill(0);
      let most = -1;
      for (const account of accountsOf(graph, unit)) {
        for (let i = paths.offsets[account]!; i < paths.offsets[account + 1]!; i++) {
          const path = paths.name[i]!;
          counts[path]! += paths.count[i]!;
          if (most < 0 || counts[path]! > counts[most]!) most = path;
        }
      }
      return most;
    });
    const outside = spread(mainOf.filter((_, unit) => benign[unit] === 1));
    const usual = outside.measured === 0 ? 0.5 : outside.off / outside.measured;
    return (units) => {
      const { measured, off, used } = spread(Int32Array.from(units, (unit) => mainOf[unit]!));
      return {
        measured,
        members: off,
        expected: measured * usual,
        population: outside.off + off,
        detail: { paths: used },
      };
    };
  },
};

/** How many are off the commonest path, and how many paths are some unit's main one. */
function spread(main: Int32Array): { measured: number; off: number; used: number } {
  const counts = new Map<number, number>();
  for (const path of main) if (path >= 0) counts.set(path, (counts.get(path) ?? 0) + 1);
  const measured = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return { measured, off: measured - Math.max(0, ...counts.values()), used: counts.size };
}
