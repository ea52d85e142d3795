/** What a provider is told about one account, put together from the proposal and the settings in force. */
import { database } from '@/lib/database/client';
import { readSetting } from '@/lib/settings/read-setting';
import type { ClaimedItem } from './claim-items';
import type { StartedProposal } from './move-execution';
import { noticesSetting, REASON_CODES, type ReasonCode, renderNotice } from './notice-schema';
import { countermeasuresSetting } from './provider-settings-schema';
import type { ProviderCall } from './providers/provider';
import { type AccountState, hasTarget, proposalRef, TARGET_STATE } from './rules';

export type ComposeCall = (item: ClaimedItem) => ProviderCall;

type Composed = Pick<StartedProposal, 'id' | 'action' | 'countermeasure' | 'reasonCode'>;

/** The state that a call asks for: the action's own; for a restore the one before; else the one that there is. */
function stateToAsk(action: Composed['action'], item: Pick<ClaimedItem, 'current' | 'target'>): AccountState {
  if (hasTarget(action)) return TARGET_STATE[action];
  return action === 'restore' ? (item.target ?? item.current) : item.current;
}

/** Reads the settings once for a run. @throws AppError unavailable when one cannot be read */
export async function composeCalls(proposal: Composed): Promise<ComposeCall> {
  const [{ value: templates }, { value: known }] = await Promise.all([
    readSetting(noticesSetting, database()),
    readSetting(countermeasuresSetting, database()),
  ]);
  const named = (id: string) => ({ id, name: known.find((each) => each.id === id)?.name ?? id });
  const proposalName = proposalRef(proposal.id);
  const countermeasure = proposal.countermeasure === null ? null : named(proposal.countermeasure);
  const reasonCode: ReasonCode = REASON_CODES.find((code) => code === proposal.reasonCode) ?? 'other';
  return (item) => ({
    idempotencyKey: `${proposalName}:${item.accountId}`,
    proposal: proposalName,
    accountId: item.accountId,
    action: proposal.action,
    state: stateToAsk(proposal.action, item),
    countermeasure,
    lifts: item.lifts.map(named),
    reasonCode,
    notice: renderNotice(templates, {
      action: proposal.action,
      accountId: item.accountId,
      reasonCode,
      proposal: proposalName,
      countermeasure: countermeasure?.name ?? null,
    }),
    attempt: item.attempts,
  });
}
