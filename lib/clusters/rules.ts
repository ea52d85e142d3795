/** Pure decisions about clusters: what a score means, which transitions exist, how a cluster is called. */
import type { ClusterStatus } from './schema';

/** States from which a verb may start; the verb's UPDATE names them, so that one of two rivals loses. */
export const FROM_STATUS = {
  claim: ['open', 'in_review', 'confirmed'],
  release: ['in_review'],
  confirm: ['open', 'in_review'],
  dismiss: ['open', 'in_review', 'confirmed'],
  reopen: ['confirmed', 'dismissed'],
  propose: ['open', 'in_review', 'confirmed'],
} as const satisfies Record<string, readonly ClusterStatus[]>;

/** Whether what was decided of a cluster, or of one merged into it, does not hold for all that it holds now. */
export function isUndecidedMerge(status: ClusterStatus, merged: readonly ClusterStatus[]): boolean {
  const decided = (each: ClusterStatus) => each === 'confirmed' || each === 'dismissed';
  return merged.some((other) => other !== status && (decided(other) || decided(status)));
}

/** Accounts more or less from which on a cluster's growth is an event: one, and a twentieth of what it was. */
const GROWTH = 0.05;

/** "grew", "shrank", or null when it is about the size that was last written down. */
export function growth(before: number, after: number): 'grew' | 'shrank' | null {
  if (Math.abs(after - before) < Math.max(1, GROWTH * before)) return null;
  return after > before ? 'grew' : 'shrank';
}

/** Young accounts that reopen a banned cluster: one or two may be customers who came through a reseller. */
export const REOPEN_FROM = 3;

const FIRST = [
  'Iron',
  'Copper',
  'Salt',
  'Narrow',
  'Pale',
  'Grey',
  'Long',
  'Slow',
  'Tin',
  'Broad',
  'Quiet',
  'Third',
  'Dry',
  'Open',
  'Even',
  'Fallow',
  'Upper',
  'Chalk',
  'Lower',
  'Amber',
  'Blunt',
  'Cold',
  'Deep',
  'Early',
  'Faint',
  'Green',
  'High',
  'Inner',
  'Late',
  'Mild',
  'North',
  'Outer',
];
const SECOND = [
  'estuary',
  'heron',
  'lantern',
  'orchard',
  'foundry',
  'delta',
  'arcade',
  'harbour',
  'meadow',
  'exchange',
  'quarry',
  'lattice',
  'aqueduct',
  'granary',
  'furrow',
  'press',
  'basin',
  'ferry',
  'campus',
  'sluice',
  'anvil',
  'bridge',
  'cellar',
  'dune',
  'ember',
  'fjord',
  'gable',
  'hollow',
  'island',
  'jetty',
  'kiln',
];

/** A name that people can say, the same for the same id: 32 × 31 pairs before one repeats. */
export function clusterName(id: number): string {
  return `${FIRST[id % FIRST.length]} ${SECOND[(id * 7) % SECOND.length]}`;
}

/** "CL-12". */
export const clusterRef = (id: number): string => `CL-${id}`;

/** Kinds whose values are neither prompts nor addresses nor traces of a person. Everything else, unknown kinds too,
 * is hidden from readers without 'desk.read_sensitive'. */
const OPEN_KINDS: readonly string[] = ['access_path', 'time_bins', 'content'];

/** True when values of the kind are only for readers with 'desk.read_sensitive'. */
export function isSensitiveKind(kind: string): boolean {
  return !OPEN_KINDS.includes(kind);
}

/** What stands in place of a value that the reader may not see. */
export const HIDDEN = 'hidden';

const DAY_MS = 86_400_000;
const PAID_WITHIN_DAYS = 60;

/** True for accounts that spend, or paid in the 60 days before the end of the window. */
export function isPaying(
  account: { lastPaidAt: Date | null; monthlySpendUsd: number | null },
  windowTo: Date,
): boolean {
  if ((account.monthlySpendUsd ?? 0) > 0) return true;
  return (
    account.lastPaidAt !== null &&
    windowTo.getTime() - account.lastPaidAt.getTime() <= PAID_WITHIN_DAYS * DAY_MS
  );
}

/** Index of a moment's UTC day in a row of `length` days that ends on the day of `windowTo`, or null outside. */
export function sparkIndex(moment: Date, windowTo: Date, length: number): number | null {
  const day = (time: Date) => Math.floor(time.getTime() / DAY_MS);
  const index = length - 1 - (day(windowTo) - day(moment));
  return index >= 0 && index < length ? index : null;
}

/** How long ago, as in a sentence: "4 s", "12 min", "3 h", "6 d". */
export function agoInWords(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** "1,183". */
export const numberInWords = (value: number): string => value.toLocaleString('en-US');
