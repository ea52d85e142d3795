/** Every signal that only a group can show. The type checker refuses a name without its signal. */
import { accessPathSpread } from './access-path-spread';
import type { GroupKind } from './group-kinds';
import { loadBalancing } from './load-balancing';
import { providerLabels } from './provider-labels';
import { releasePivot } from './release-pivot';
import { replacement } from './replacement';
import { signUpBurst } from './sign-up-burst';
import type { GroupSignal } from './signal';
import { taskPartition } from './task-partition';

export const GROUP_SIGNALS: Readonly<Record<GroupKind, GroupSignal>> = {
  sign_up_burst: signUpBurst,
  load_balancing: loadBalancing,
  task_partition: taskPartition,
  release_pivot: releasePivot,
  access_path_spread: accessPathSpread,
  replacement,
  provider_labels: providerLabels,
};
