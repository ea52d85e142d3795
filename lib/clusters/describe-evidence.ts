/** The figures of an evidence row that has no values of its own, in words. Pure. */
import type { EvidenceRow } from '@/lib/detection/schema';
import type { GroupKind } from '@/lib/detection/signals/group-kinds';

type Described = Pick<EvidenceRow, 'kind' | 'detail' | 'members'>;
type Detail = Readonly<Record<string, number>>;

/** "61 % of exchanges fit for training, benign 4 %"; null when the row's values say it all. */
export function describeEvidence(row: Described): string | null {
  const { share, benignShare, lift } = row.detail ?? {};
  const words = row.detail && SIGNAL_WORDS[row.kind]?.(row.detail, row);
  if (words) return words;
  if (row.kind === 'content' && share !== undefined && benignShare !== undefined) {
    return `${percent(share)} of exchanges fit for training, benign ${percent(benignShare)}`;
  }
  if (row.kind === 'content' && row.detail?.noText)
    return 'no prompt text came in: extraction is unknown here, not low';
  if (row.kind === 'time_bins' && lift !== undefined) {
    return `active in the same quarter-hours ${lift.toFixed(1)} times as often as their hours explain`;
  }
  return null;
}

/** What each signal of a group says, of the members that could be measured. */
const SIGNAL_WORDS: Readonly<Record<string, ((detail: Detail, row: Described) => string) | undefined>> = {
  sign_up_burst: ({ measured }, { members }) =>
    `${ofMembers(members, measured)} signed up in waves, each within a day of others of them`,
  load_balancing: ({ dispersion }) =>
    `together ${((1 - (dispersion ?? 1)) * 100).toFixed(0)} % steadier than independent accounts are`,
  task_partition: ({ measured, overlap, templates }, { members }) =>
    `${ofMembers(members, measured)} work a list off at one pace: ${whole(templates)} wordings of the group's own, ` +
    `${percent(overlap ?? 0)} of sampled tasks sent by others too`,
  release_pivot: ({ measured, usual, release }, { members }) =>
    `${ofMembers(members, measured)} turned to the model released ${dayOf(release)}, benign ${percent(usual ?? 0)}`,
  access_path_spread: ({ measured, paths }, { members }) =>
    `${ofMembers(members, measured)} come by another path than most, over ${whole(paths)} paths`,
  replacement: ({ measured, banned }, { members }) =>
    `${ofMembers(members, measured)} signed up within two days of one of ${whole(banned)} bans`,
  provider_labels: ({ measured, usual }, { members }) =>
    `${ofMembers(members, measured)} carry one label on a tenth of their exchanges, benign ${percent(usual ?? 0)}`,
} satisfies Record<GroupKind, (detail: Detail, row: Described) => string>;

const whole = (count = 0) => count.toLocaleString('en');
const ofMembers = (members: number, measured = members) => `${whole(members)} of ${whole(measured)}`;
const dayOf = (at = 0) => new Date(at).toISOString().slice(0, 10);
const percent = (share: number) => (share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`);
