/** Names of the signals that only a group can show; apart from them so that kinds.ts knows the names alone. */
import type { GroupKindRow } from './signal';

const row = (
  kind: string,
  label: string,
  axis: GroupKindRow['axis'],
  family: GroupKindRow['family'],
): GroupKindRow => ({ kind, label, axis, family });

export const GROUP_KINDS = {
  sign_up_burst: row('sign_up_burst', 'Sign-up burst', 'coordination', 'identity'),
  load_balancing: row('load_balancing', 'Load balancing and hand-off', 'coordination', 'time'),
  task_partition: row('task_partition', 'Task list shared out', 'content', 'content'),
  release_pivot: row('release_pivot', 'Turn to a new model', 'content', 'time'),
  access_path_spread: row('access_path_spread', 'Spread over access paths', 'coordination', 'client'),
  replacement: row('replacement', 'Replacement after bans', 'coordination', 'identity'),
  provider_labels: row('provider_labels', "Provider's labels", 'content', 'content'),
} as const;

export type GroupKind = keyof typeof GROUP_KINDS;
