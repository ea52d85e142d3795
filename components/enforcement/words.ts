/** What actions, proposals and their accounts are called on screen. Pure. */
import { formatCount, formatOf } from '@/components/ui/format';
import type {
  EnforcementAction,
  ItemState,
  ProposalSource,
  ProposalStatus,
  StageProgress,
} from '@/lib/enforcement/schema';

/** "Ban 1,183 accounts of Copper heron". */
export function proposalTitle(proposal: {
  action: EnforcementAction;
  accountCount: number;
  cluster: { name: string } | null;
  source?: ProposalSource;
  sourceLabel?: string;
  countermeasureName?: string | null;
}): string {
  const accounts = formatOf(proposal.accountCount, 'account');
  const of = ofWords(proposal);
  switch (proposal.action) {
    case 'ban':
      return `Ban ${accounts}${of}`;
    case 'throttle':
      return `Throttle ${accounts}${of}`;
    case 'require_verification':
      return `Require verification of ${accounts}${of}`;
    case 'countermeasure':
      return `${proposal.countermeasureName ?? 'Countermeasure'}: ${accounts}${of}`;
    case 'restore':
      return `Restore ${accounts}${of}`;
  }
}

function ofWords({
  cluster,
  source,
  sourceLabel,
}: {
  cluster: { name: string } | null;
  source?: ProposalSource;
  sourceLabel?: string;
}): string {
  if (cluster) return ` of ${cluster.name}`;
  if (source === 'list') return ' of a pasted list';
  if (source === 'indicator') return ` with ${sourceLabel}`;
  return '';
}

/** What an account is once the action reached it: "1,183 of 1,183 banned". */
export const DONE_WORD: Record<EnforcementAction, string> = {
  ban: 'banned',
  throttle: 'throttled',
  require_verification: 'asked to verify',
  countermeasure: 'under the countermeasure',
  restore: 'restored',
};

export const ITEM_WORD: Record<Exclude<ItemState, 'done'>, string> = {
  waiting: 'Waiting',
  sent: 'Sent',
  retrying: 'Retrying',
  dead: 'Failed',
  skipped: 'Skipped',
};

export function itemWord(state: ItemState, action: EnforcementAction): string {
  if (state !== 'done') return ITEM_WORD[state];
  const word = DONE_WORD[action];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Sums over all stages. */
export function tally(stages: readonly StageProgress[]): Record<ItemState | 'total', number> {
  const sum = { total: 0, waiting: 0, sent: 0, retrying: 0, done: 0, dead: 0, skipped: 0 };
  for (const stage of stages) {
    sum.total += stage.total;
    sum.sent += stage.sent;
    sum.retrying += stage.retrying;
    sum.done += stage.done;
    sum.dead += stage.dead;
    sum.skipped += stage.skipped;
  }
  sum.waiting = sum.total - sum.sent - sum.retrying - sum.done - sum.dead - sum.skipped;
  return sum;
}

/** Index of the stage that still has something to do; -1 when none has. */
export function currentStage(stages: readonly StageProgress[]): number {
  return stages.findIndex((stage) => stage.done + stage.dead + stage.skipped < stage.total);
}

export interface StatusWords {
  tone: 'ok' | 'warn' | 'bad' | 'live' | undefined;
  mark: 'clock' | 'activity' | 'pause' | 'check' | 'stop' | 'cross' | 'dash' | 'warning';
  text: string;
}

/** The badge beside a proposal's title, final states with their sum. */
export function statusWords(proposal: {
  status: ProposalStatus;
  action: EnforcementAction;
  approvals: number;
  approvalsRequired: number;
  stages: readonly StageProgress[];
}): StatusWords {
  const sum = tally(proposal.stages);
  const reached = `${formatCount(sum.done)} of ${formatCount(sum.total)} ${DONE_WORD[proposal.action]}`;
  switch (proposal.status) {
    case 'waiting':
      return {
        tone: 'warn',
        mark: 'clock',
        text: waitingWords(proposal.approvals, proposal.approvalsRequired),
      };
    case 'approved':
      return { tone: 'live', mark: 'activity', text: 'Approved, about to start' };
    case 'running': {
      const stage = currentStage(proposal.stages);
      const at = stage < 0 ? 'finishing' : `stage ${stage + 1} of ${proposal.stages.length}`;
      return { tone: 'live', mark: 'activity', text: `Running, ${at}` };
    }
    case 'paused':
      return { tone: 'warn', mark: 'pause', text: `Paused, ${reached}` };
    case 'done': {
      const rest = [
        sum.skipped > 0 && `${formatCount(sum.skipped)} skipped`,
        sum.dead > 0 && `${formatCount(sum.dead)} failed`,
      ].filter(Boolean);
      const text = [reached, ...rest].join(', ');
      return sum.dead > 0 ? { tone: 'bad', mark: 'warning', text } : { tone: 'ok', mark: 'check', text };
    }
    case 'stopped':
      return { tone: 'bad', mark: 'stop', text: `Stopped, ${reached}` };
    case 'rejected':
      return { tone: 'bad', mark: 'cross', text: 'Rejected' };
    case 'withdrawn':
      return { tone: undefined, mark: 'dash', text: 'Withdrawn' };
    case 'expired':
      return { tone: undefined, mark: 'clock', text: 'Expired' };
  }
}

function waitingWords(approvals: number, required: number): string {
  if (approvals >= required) return 'Approved, about to start';
  if (approvals > 0)
    return required - approvals === 1 ? 'Waits for a second approval' : 'Waits for more approvals';
  return required === 1 ? 'Waits for approval' : 'Waits for two approvals';
}

/** "9f2c41d0 7be3a815 … 0c64e9b2". */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 8)} ${sha256.slice(8, 16)} … ${sha256.slice(-8)}`;
}

/** "9f2c41d0…b2". */
export function tinyHash(sha256: string): string {
  return `${sha256.slice(0, 8)}…${sha256.slice(-2)}`;
}

/** The same for a line of the list, whose sums stand in a column of their own. */
export function rowWords(row: { status: ProposalStatus; dead: number }): StatusWords {
  switch (row.status) {
    case 'waiting':
      return { tone: 'warn', mark: 'clock', text: 'Waits' };
    case 'approved':
      return { tone: 'live', mark: 'activity', text: 'Approved' };
    case 'running':
      return { tone: 'live', mark: 'activity', text: 'Running' };
    case 'paused':
      return { tone: 'warn', mark: 'pause', text: 'Paused' };
    case 'done':
      return row.dead > 0
        ? { tone: 'bad', mark: 'warning', text: 'Done, some failed' }
        : { tone: 'ok', mark: 'check', text: 'Done' };
    case 'stopped':
      return { tone: 'bad', mark: 'stop', text: 'Stopped' };
    case 'rejected':
      return { tone: 'bad', mark: 'cross', text: 'Rejected' };
    case 'withdrawn':
      return { tone: undefined, mark: 'dash', text: 'Withdrawn' };
    case 'expired':
      return { tone: undefined, mark: 'clock', text: 'Expired' };
  }
}

/** What the button of a draft does: "Propose a ban of". */
export function draftVerb(action: EnforcementAction): string {
  const words: Record<EnforcementAction, string> = {
    ban: 'Propose a ban of',
    throttle: 'Propose throttling',
    require_verification: 'Propose verification of',
    countermeasure: 'Propose it for',
    restore: 'Propose restoring',
  };
  return words[action];
}
