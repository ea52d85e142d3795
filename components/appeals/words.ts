/** What appeals and what they are against are called on screen. Pure. */
import type { AppealedAct, AppealState } from '@/lib/enforcement/appeal-schema';

export const STATE_WORDS: Record<AppealState, string> = {
  open: 'Open',
  upheld: 'Act upheld',
  granted: 'Granted',
};

const ACT_WORDS: Record<AppealedAct['action'], string> = {
  ban: 'Ban',
  throttle: 'Throttling',
  require_verification: 'Verification',
  countermeasure: 'Countermeasure',
  restore: 'Restore',
};

/** "Ban, P-318". */
export function actWords({ action, proposalId }: Pick<AppealedAct, 'action' | 'proposalId'>): string {
  return `${ACT_WORDS[action]}, P-${proposalId}`;
}
