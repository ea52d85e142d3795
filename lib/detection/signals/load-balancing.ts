/**
 * Hypothesis: one dispatcher deals work out evenly and hands over from account to account, so that all of them
 * together are steadier than as many independent accounts could be.
 * Formula: active quarters of an hour of all members, counted in blocks of 4, 12 and 24 hours; von Neumann's
 * Σ(x_t+1 − x_t)² / (2·(m − 1)·mean), which a slow change of size does not touch. Independent accounts give 1
 * (Poisson), people with days and weekends more. It is shown when the least of the three lies well under 1 and so
 * far that a normal bound finds it past α.
 * Known false positives: monitors and other machines that ask at fixed times; alone it says nothing of whose.
 * Source: von Neumann 1941; disclosure of February 2026 (load-balanced traffic); the test is our own.
 */
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, type GroupSignal } from './signal';

/** Quarters of an hour in a block. */
const BLOCKS = [16, 48, 96];
/** Blocks to compare, and active quarters in a block on average, before it is a figure. */
const LEAST_BLOCKS = 12;
const LEAST_MEAN = 4;
/** With enough blocks anything is significant; it must also be this far under chance. */
const STEADY = 0.7;

export const loadBalancing: GroupSignal = {
  ...GROUP_KINDS.load_balancing,
  most: 4,
  prepare({ graph, snapshot: { bins }, config }) {
    if (!bins) return undefined;
    const limit = Math.sqrt(-2 * Math.log(config.alpha / BLOCKS.length));
    return (units) => {
      const active: number[] = [];
      let measured = 0;
      for (const unit of units) {
        const before = active.length;
        for (const account of accountsOf(graph, unit)) {
          for (let i = bins.offsets[account]!; i < bins.offsets[account + 1]!; i++)
            active.push(bins.bins[i]!);
        }
        if (active.length > before) measured++;
      }
      let steadiest = 1;
      for (const length of BLOCKS) {
        const { ratio, blocks } = dispersion(active, length);
        // the ratio's standard error is √(3/m) under independence
        if (ratio < STEADY && (1 - ratio) * Math.sqrt(blocks / 3) > limit)
          steadiest = Math.min(steadiest, ratio);
      }
      const members = steadiest < 1 ? measured : 0;
      return {
        measured,
        members,
        expected: config.alpha,
        population: members,
        detail: { dispersion: steadiest },
      };
    };
  },
};

/** Von Neumann's ratio of block counts against Poisson; the first and last block are left out as cut off. */
function dispersion(active: readonly number[], length: number): { ratio: number; blocks: number } {
  const none = { ratio: 1, blocks: 0 };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const bin of active) {
    const block = Math.floor(bin / length);
    if (block < first) first = block;
    if (block > last) last = block;
  }
  const blocks = last - first - 1;
  if (!(blocks >= LEAST_BLOCKS)) return none;
  const counts = new Float64Array(blocks);
  let sum = 0;
  for (const bin of active) {
    const at = Math.floor(bin / length) - first - 1;
    if (at < 0 || at >= blocks) continue;
    counts[at]!++;
    sum++;
  }
  const mean = sum / blocks;
  if (mean < LEAST_MEAN) return none;
  let steps = 0;
  for (let i = 1; i < blocks; i++) steps += (counts[i]! - counts[i - 1]!) ** 2;
  return { ratio: steps / (2 * (blocks - 1) * mean), blocks };
}
